/// Memory that is wiped before it is freed, for the buffers that secrets pass through on their way into a Secret.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace bookdesk {

/// Wipes @p size bytes, and is never optimised away.
void cleanse(void *memory, std::size_t size) noexcept;

/// For containers of plain values: wipes the memory that they free, also when they grow. Any thread.
template <class T> struct CleansingAllocator
{
    using value_type = T;

    CleansingAllocator() = default;
    template <class Other> CleansingAllocator(const CleansingAllocator<Other> &) {}

    T *allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T *memory, std::size_t count) noexcept
    {
        // T can be a pointer, and then a pointer's size is what is meant.
        cleanse(memory, count * sizeof(T)); // NOLINT(bugprone-sizeof-expression)
        std::allocator<T>().deallocate(memory, count);
    }

    template <class Other> bool operator==(const CleansingAllocator<Other> &) const { return true; }
};

template <class T> using CleansedVector = std::vector<T, CleansingAllocator<T>>;

} // namespace bookdesk
