#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

/* The variadic half of libcurl, one function for each kind of argument. */

typedef size_t (*curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*curl_offset_callback)(void *context, curl_off_t offset, int origin);

CURLcode curl_set_number(CURL *handle, CURLoption option, long value);
CURLcode curl_set_length(CURL *handle, CURLoption option, curl_off_t value);
/* libcurl keeps a copy of the text. */
CURLcode curl_set_text(CURL *handle, CURLoption option, const char *text);
CURLcode curl_set_context(CURL *handle, CURLoption option, void *context);
CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *list);
CURLcode curl_set_data_callback(CURL *handle, CURLoption option, curl_data_callback callback);
CURLcode curl_set_offset_callback(CURL *handle, CURLoption option, curl_offset_callback callback);

long curl_get_number(CURL *handle, CURLINFO info);
curl_off_t curl_get_length(CURL *handle, CURLINFO info);
void *curl_get_context(CURL *handle);

CURLMcode curl_multi_set_number(CURLM *multi, CURLMoption option, long value);

/* The result a finished transfer's message carries. */
CURLcode curl_message_result(const CURLMsg *message);

#endif
