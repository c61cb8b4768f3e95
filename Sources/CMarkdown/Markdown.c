#include "CMarkdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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
    int quotations = 0;
    cmark_iter *iterator = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (cmark_node_get_type(node) == CMARK_NODE_LIST) depth += event == CMARK_EVENT_ENTER ? 1 : -1;
        if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE) quotations += event == CMARK_EVENT_ENTER ? 1 : -1;
        if (quotations > 0) continue;
        if (event != CMARK_EVENT_ENTER || strcmp(cmark_node_get_type_string(node), "tasklist") != 0) continue;
        cmark_node *paragraph = cmark_node_first_child(node);
        if (paragraph && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH) plain(paragraph, &words);
        else words.length = 0, append(&words, "");
        each(context, depth, cmark_node_get_start_line(node), cmark_node_get_end_line(node),
             words.text ? words.text : "");
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

/* A link with the picture's address and what was written of it. */
static void unpicture(cmark_node *image) {
    cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
    if (!link) return;
    cmark_node_set_url(link, cmark_node_get_url(image));
    cmark_node *child;
    while ((child = cmark_node_first_child(image))) {
        cmark_node_unlink(child);
        if (!cmark_node_append_child(link, child)) cmark_node_free(child);
    }
    if (!cmark_node_first_child(link)) {
        cmark_node *name = cmark_node_new(CMARK_NODE_TEXT);
        cmark_node_set_literal(name, cmark_node_get_url(image));
        cmark_node_append_child(link, name);
    }
    if (cmark_node_replace(image, link)) cmark_node_free(image);
    else cmark_node_free(link);
}

/* Raw HTML is shown as it was written, so that no word is lost; comments are nobody's to read. */
static void unraw(cmark_node *node) {
    const char *literal = cmark_node_get_literal(node);
    int is_block = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK;
    if (!literal || strncmp(literal, "<!--", 4) == 0) {
        cmark_node_unlink(node);
        cmark_node_free(node);
        return;
    }
    cmark_node *shown = cmark_node_new(is_block ? CMARK_NODE_CODE_BLOCK : CMARK_NODE_TEXT);
    if (!shown) return;
    cmark_node_set_literal(shown, literal);
    if (cmark_node_replace(node, shown)) cmark_node_free(node);
    else cmark_node_free(shown);
}

/* Where a long word may be broken: behind the signs between its parts, and wherever it would not end. */
static void let_break(cmark_node *text) {
    enum { longest = 28 };
    const char *literal = cmark_node_get_literal(text);
    if (!literal) return;
    size_t run = 0, longest_run = 0;
    for (const char *at = literal; *at; at++) {
        run = *at == ' ' ? 0 : run + 1;
        if (run > longest_run) longest_run = run;
    }
    if (longest_run <= longest) return;
    char *copy = strdup(literal);
    if (!copy) return;
    char *start = copy;
    run = 0;
    for (char *at = copy; *at; at++) {
        run = *at == ' ' ? 0 : run + 1;
        int may = at[1] && (at[1] & 0xC0) != 0x80 && (strchr("_/.-=&?", *at) || run % longest == 0) && run > 1 && *at != ' ';
        if (!may) continue;
        char kept = at[1];
        at[1] = 0;
        cmark_node *part = cmark_node_new(CMARK_NODE_TEXT), *place = cmark_node_new(CMARK_NODE_HTML_INLINE);
        if (part && place) {
            cmark_node_set_literal(part, start);
            cmark_node_set_literal(place, "<wbr>");
            cmark_node_insert_before(text, part);
            cmark_node_insert_before(text, place);
            start = at + 1;
        }
        at[1] = kept;
    }
    cmark_node_set_literal(text, start);
    free(copy);
}

/* Only addresses that a reader follows: not those that run code or hold a document themselves. */
static void unscheme(cmark_node *link) {
    const char *url = cmark_node_get_url(link);
    if (!url || strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0
        || strncasecmp(url, "mailto:", 7) == 0)
        return;
    size_t name = strcspn(url, ":/?#");
    if (url[name] == ':') cmark_node_set_url(link, "");
}

/* Makes the document fit to be shown. Nodes are gathered first: an iterator does not like to lose the one it stands on. */
static void tidy(cmark_node *document) {
    /* A word with underscores comes in pieces. */
    cmark_consolidate_text_nodes(document);
    cmark_node **nodes = NULL;
    size_t count = 0, room = 0;
    cmark_iter *iterator = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(node);
        int is_leaf = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_TEXT;
        int is_link = type == CMARK_NODE_IMAGE || type == CMARK_NODE_LINK;
        if (!(is_leaf && event == CMARK_EVENT_ENTER) && !(is_link && event == CMARK_EVENT_EXIT)) continue;
        if (count == room) {
            room = room ? 2 * room : 64;
            cmark_node **grown = realloc(nodes, room * sizeof *nodes);
            if (!grown) break;
            nodes = grown;
        }
        nodes[count++] = node;
    }
    cmark_iter_free(iterator);
    for (size_t i = 0; i < count; i++) {
        cmark_node_type type = cmark_node_get_type(nodes[i]);
        if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) unscheme(nodes[i]);
        if (type == CMARK_NODE_LINK) continue;
        if (type == CMARK_NODE_IMAGE) unpicture(nodes[i]);
        else if (type == CMARK_NODE_TEXT) let_break(nodes[i]);
        else unraw(nodes[i]);
    }
    free(nodes);
}

char *cmarkdown_html(const char *text, size_t length) {
    cmark_node *document = parse(text, length);
    if (!document) return NULL;
    tidy(document);
    int count = 0;
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING) continue;
        char anchor[64];
        snprintf(anchor, sizeof anchor, "<a id=\"section-%d\"></a>", ++count);
        cmark_node *mark = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
        if (!mark) continue;
        cmark_node_set_on_enter(mark, anchor);
        cmark_node_set_on_exit(mark, "");
        if (!cmark_node_prepend_child(node, mark)) cmark_node_free(mark);
    }
    /* Nothing raw is left but the marks that were put in above. */
    char *html = cmark_render_html(document, CMARK_OPT_UNSAFE, NULL);
    cmark_node_free(document);
    return html;
}
