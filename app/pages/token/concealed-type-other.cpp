#include "pages/token/concealed-type.h"

namespace bookdesk::pages {

void knowConcealedFormat() {}

} // namespace bookdesk::pages
