// Bytes for numbers, texts and lists, written and read by one description: a struct says once, in `fields(archive, struct)`,
// what of it is kept, and both directions follow. Little-endian base-128 numbers, signed ones folded (small stays small).
// Lengths and places are kept in 1/64 point, other fractions exactly; text as UTF-8 or code points.
// Reading never goes beyond the bytes and never reserves more than they can hold: the first mistake makes the archive fail,
// and it gives zeros from there on; ask ok() at the end.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "extract/page/geometry.h"

namespace docwright::extract {

// A 64th of a point is finer than any rounding of the output and still keeps whole points exact.
constexpr double kCodecUnitsPerPoint = 64;
constexpr double kCodecLargest = 1e9;  // in these units: far beyond any page; what lies further off is no place on one

inline std::int64_t codec_units(double points) {
    if (!std::isfinite(points)) return 0;
    return std::llround(std::min(kCodecLargest, std::max(-kCodecLargest, points * kCodecUnitsPerPoint)));
}
inline double from_codec_units(std::int64_t units) { return static_cast<double>(units) / kCodecUnitsPerPoint; }

class ByteWriter {
public:
    static constexpr bool kReads = false;
    std::string take() { return std::move(bytes_); }

    void number(std::uint64_t value) {
        while (value >= 0x80) {
            bytes_ += static_cast<char>(static_cast<unsigned char>(value) | 0x80U);
            value >>= 7U;
        }
        bytes_ += static_cast<char>(value);
    }
    void folded(std::int64_t value) { number((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63)); }
    void raw(const void* from, std::size_t size) { bytes_.append(static_cast<const char*>(from), size); }

private:
    std::string bytes_;
};

class ByteReader {
public:
    static constexpr bool kReads = true;
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    bool ok() const { return ok_; }
    bool at_end() const { return rest_.empty(); }
    std::size_t left() const { return rest_.size(); }
    void fail() {
        ok_ = false;
        rest_ = {};
    }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0) return value;
        }
        fail();
        return 0;
    }
    std::int64_t folded() {
        const std::uint64_t value = number();
        return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
    }
    std::string_view raw(std::size_t size) {
        if (size > rest_.size()) {
            fail();
            return {};
        }
        const std::string_view bytes = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return bytes;
    }

private:
    std::string_view rest_;
    bool ok_ = true;
};

// ---- the verbs of a description: keep(archive, member) for every kind of member ------------------------------------

template <class T>
concept Whole = std::is_integral_v<T> && !std::is_same_v<T, bool>;

template <class Archive, Whole T>
void keep(Archive& archive, T& value) {
    if constexpr (Archive::kReads) {
        const std::int64_t read = archive.folded();
        value = static_cast<T>(read);
        if (static_cast<std::int64_t>(value) != read) archive.fail();
    } else {
        archive.folded(static_cast<std::int64_t>(value));
    }
}

template <class Archive>
void keep(Archive& archive, bool& value) {
    if constexpr (Archive::kReads) {
        value = archive.number() != 0;
    } else {
        archive.number(value ? 1 : 0);
    }
}

// An enumeration of which `last` is the greatest value.
template <class Archive, class T>
void keep_choice(Archive& archive, T& value, T last) {
    if constexpr (Archive::kReads) {
        const std::uint64_t read = archive.number();
        if (read > static_cast<std::uint64_t>(last)) return archive.fail();
        value = static_cast<T>(read);
    } else {
        archive.number(static_cast<std::uint64_t>(value));
    }
}

// A length or place in points.
template <class Archive, class T>
void keep_points(Archive& archive, T& value) {
    if constexpr (Archive::kReads) {
        value = static_cast<T>(from_codec_units(archive.folded()));
    } else {
        archive.folded(codec_units(static_cast<double>(value)));
    }
}

// Any other fraction, bit by bit; what is not finite becomes 0.
template <class Archive, class T>
void keep_exact(Archive& archive, T& value) {
    if constexpr (Archive::kReads) {
        const std::string_view bytes = archive.raw(sizeof value);
        if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
        if (!std::isfinite(value)) value = 0;
    } else {
        const T finite = std::isfinite(value) ? value : T(0);
        archive.raw(&finite, sizeof finite);
    }
}

template <class Archive>
void keep(Archive& archive, std::string& text) {
    if constexpr (Archive::kReads) {
        text = archive.raw(archive.number());
    } else {
        archive.number(text.size());
        archive.raw(text.data(), text.size());
    }
}

template <class Archive>
void keep(Archive& archive, std::u32string& text) {
    if constexpr (Archive::kReads) {
        const std::uint64_t size = archive.number();
        if (size > archive.left()) return archive.fail();
        text.resize(size);
        for (char32_t& letter : text) letter = static_cast<char32_t>(archive.number());
    } else {
        archive.number(text.size());
        for (char32_t letter : text) archive.number(letter);
    }
}

template <class Archive>
void keep(Archive& archive, Point& point) {
    keep_points(archive, point.x);
    keep_points(archive, point.y);
}

template <class Archive>
void keep(Archive& archive, Box& box) {
    keep_points(archive, box.left);
    keep_points(archive, box.top);
    keep_points(archive, box.right);
    keep_points(archive, box.bottom);
}

// A list, item by item. Every item takes a byte at least, so the bytes that are left bound its length.
template <class Archive, class T, class Item>
void keep_list(Archive& archive, std::vector<T>& list, Item item) {
    if constexpr (Archive::kReads) {
        const std::uint64_t size = archive.number();
        if (size > archive.left()) return archive.fail();
        list.clear();
        for (std::uint64_t i = 0; i < size && archive.ok(); ++i) item(archive, list.emplace_back());
    } else {
        archive.number(list.size());
        for (T& each : list) item(archive, each);
    }
}

// Numbers that mostly rise by one (glyphs of a line, lines of a block): each as its distance to the one expected.
template <class Archive>
void keep_rising(Archive& archive, std::vector<std::uint32_t>& list) {
    std::int64_t expected = 0;
    keep_list(archive, list, [&expected](Archive& to, std::uint32_t& value) {
        std::int64_t distance = static_cast<std::int64_t>(value) - expected;
        keep(to, distance);
        if constexpr (Archive::kReads) value = static_cast<std::uint32_t>(expected + distance);
        expected = static_cast<std::int64_t>(value) + 1;
    });
}

}  // namespace docwright::extract
