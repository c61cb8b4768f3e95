#ifndef CSPEECH_SETUP_H
#define CSPEECH_SETUP_H

#include <pthread.h>

/* Held while a voice or the lexicon is made: making a voice makes the lexicon, which all share. */
extern pthread_mutex_t cspeech_setup;

#endif
