#include "core/result.h"

bookdesk::Result<int> answer();

void forgetTheAnswer() { answer(); }
