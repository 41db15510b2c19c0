#include "core/error.h"

bookdesk::ErrorCode codeFrom(const char (&text)[4]) { return bookdesk::ErrorCode(text); }
