/// Catalogue: the books that the Sandbox's API serves, in memory.
#pragma once

#include "core/json.h"
#include "core/result.h"

#include <QString>

namespace bookdesk::sandbox {

/// A plain value; one thread at a time.
class Catalogue
{
public:
    /// The books compiled into the program. Errors: json.*.
    static Result<Catalogue> builtIn();
    explicit Catalogue(JsonArray books)
        : m_books(std::move(books))
    {}

    const JsonArray &books() const { return m_books; }
    /// Does nothing if no book has that ID.
    void remove(const QString &id);

private:
    JsonArray m_books;
};

} // namespace bookdesk::sandbox
