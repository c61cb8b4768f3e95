/* Markdown as GitHub writes it, by cmark-gfm: where its parts are. */
#pragma once
#include <stddef.h>

/* A heading that is not within a quotation or a list. Lines count from 1; `title` is its plain text. */
typedef void (*cmarkdown_heading)(void *context, int level, int first_line, int last_line, const char *title);
/* Returns 0, or -1 when there was no room. */
int cmarkdown_headings(const char *text, size_t length, cmarkdown_heading each, void *context);

/* An item of a task list that is not within a quotation: how deep it is nested among lists, from 0, its first and last line,
   and its first paragraph as plain text. */
typedef void (*cmarkdown_task)(void *context, int depth, int first_line, int last_line, const char *title);
int cmarkdown_tasks(const char *text, size_t length, cmarkdown_task each, void *context);

/* A block of code or of HTML, wherever it stands: what it holds as it is written. Lines count from 1. */
typedef void (*cmarkdown_block)(void *context, int is_code, int first_line, int last_line, const char *literal);
int cmarkdown_blocks(const char *text, size_t length, cmarkdown_block each, void *context);

/* The text as HTML (UTF-8, to be freed by the caller), NULL when there was no room. Raw HTML in it is shown as
   text, addresses that run code are left out, and pictures become links, so that a page loads nothing. Long words may be
   broken. The headings that `cmarkdown_headings`
   tells begin with an anchor called section-1, section-2 and so on. */
char *cmarkdown_html(const char *text, size_t length);
