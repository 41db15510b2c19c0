#include "core/result.h"

bookdesk::Result<int> answer();

bool useTheAnswer()
{
    constexpr bookdesk::ErrorCode code{"abc"};
    static_assert(code.text() == "abc");
    return answer().has_value();
}
