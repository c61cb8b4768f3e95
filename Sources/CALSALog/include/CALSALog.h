#ifndef CALSALOG_H
#define CALSALOG_H

/* libasound writes its complaints to stderr unless given a variadic function; this gives it one that makes a line of
   each and hands it to `sink`, on whichever thread complained. */
void alsa_log_to(void (*sink)(const char *line));

#endif
