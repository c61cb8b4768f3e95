#include "CMarkdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t registered = PTHREAD_ONCE_INIT;

static cmark_node *parse(const char *text, size_t length) {
    pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    if (!parser) return NULL;
    static const char *const names[] = {"table", "tasklist", "strikethrough", "autolink"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cmark_syntax_extension *extension = cmark_find_syntax_extension(names[i]);
        if (extension) cmark_parser_attach_syntax_extension(parser, extension);
    }
    cmark_parser_feed(parser, text, length);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

struct words {
    char *text;
    size_t length;
    size_t room;
};

static void append(struct words *words, const char *text) {
    size_t length = strlen(text);
    if (words->length + length + 1 > words->room) {
        size_t room = 2 * (words->length + length + 1);
        char *grown = realloc(words->text, room);
        if (!grown) return;
        words->text = grown;
        words->room = room;
    }
    memcpy(words->text + words->length, text, length + 1);
    words->length += length;
}

/* What is read of a block: its text and code without the marks. */
static void plain(cmark_node *block, struct words *words) {
    words->length = 0;
    append(words, "");
    cmark_iter *iterator = cmark_iter_new(block);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (event != CMARK_EVENT_ENTER) continue;
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) append(words, cmark_node_get_literal(node));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) append(words, " ");
    }
    cmark_iter_free(iterator);
}

int cmarkdown_headings(const char *text, size_t length, cmarkdown_heading each, void *context) {
    cmark_node *document = parse(text, length);
    if (!document) return -1;
    struct words words = {0};
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING) continue;
        plain(node, &words);
        each(context, cmark_node_get_heading_level(node), cmark_node_get_start_line(node), cmark_node_get_end_line(node),
             words.text ? words.text : "");
    }
    free(words.text);
    cmark_node_free(document);
    return 0;
}

int cmarkdown_tasks(const char *text, size_t length, cmarkdown_task each, void *context) {
    cmark_node *document = parse(text, length);
    if (!document) return -1;
    struct words words = {0};
    int depth = -1;
    cmark_iter *iterator = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (cmark_node_get_type(node) == CMARK_NODE_LIST) depth += event == CMARK_EVENT_ENTER ? 1 : -1;
        if (event != CMARK_EVENT_ENTER || strcmp(cmark_node_get_type_string(node), "tasklist") != 0) continue;
        cmark_node *paragraph = cmark_node_first_child(node);
        if (paragraph && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH) plain(paragraph, &words);
        else words.length = 0, append(&words, "");
        each(context, depth, cmark_gfm_extensions_get_tasklist_item_checked(node) ? 1 : 0,
             cmark_node_get_start_line(node), words.text ? words.text : "");
    }
    cmark_iter_free(iterator);
    free(words.text);
    cmark_node_free(document);
    return 0;
}

int cmarkdown_blocks(const char *text, size_t length, cmarkdown_block each, void *context) {
    cmark_node *document = parse(text, length);
    if (!document) return -1;
    cmark_iter *iterator = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(node);
        if (event != CMARK_EVENT_ENTER || (type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK)) continue;
        const char *literal = cmark_node_get_literal(node);
        each(context, type == CMARK_NODE_CODE_BLOCK, cmark_node_get_start_line(node), cmark_node_get_end_line(node),
             literal ? literal : "");
    }
    cmark_iter_free(iterator);
    cmark_node_free(document);
    return 0;
}
