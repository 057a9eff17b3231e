"""PNG files of one colour, of any size."""
import zlib


def plain_picture(width, height, colour=b"\x20\x60\xa0"):
    def part(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
    pack, row, packed = zlib.compressobj(), b"\0" + colour * width, []
    for _ in range(height):
        packed.append(pack.compress(row))
    packed.append(pack.flush())
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", b"".join(packed)) + part(b"IEND", b"")
