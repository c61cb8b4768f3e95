#ifndef COPUS_H
#define COPUS_H

#endif
