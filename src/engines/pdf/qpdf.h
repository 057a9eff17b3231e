// qpdf's document, includable by clang as well. qpdf/JSON.hh keeps a std::vector<JSON> inside class JSON with a defaulted virtual
// destructor; from C++20 on that destructor is constexpr, and clang instantiates the vector's while JSON is still incomplete.
// Declaring the vector's destructor first and defining it after JSON is complete gives clang (fuzzing, clang-tidy) the order that
// GCC takes by itself; the definition is the library's own.
#pragma once

#ifdef __clang__
#include <memory>
#include <vector>

class JSON;
template <>
constexpr std::vector<JSON>::~vector<JSON>() noexcept;

#include <qpdf/JSON.hh>

template <>
constexpr std::vector<JSON>::~vector<JSON>() noexcept {
    std::destroy(begin(), end());
}
#endif

#include <qpdf/QPDF.hh>
