#ifndef CSPEECH_H
#define CSPEECH_H

#endif
