"""Photographs as cameras, telephones and printers make them, small enough for a test."""

import io
import struct

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

# Red, green and blue of Display P3 and of sRGB, and the white both have, in the colours of an ICC profile (D50).
DISPLAY_P3 = ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841))


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def fetch(client, address: str, **headers: str):
    """The answer and its content; reading to the end closes the file behind it."""
    response = client.get(address, headers=headers)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def written(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The bytes of a picture."""
    content = io.BytesIO()
    picture.save(content, format=kind, **options)
    return content.getvalue()


def jpeg(colour: object = "red", *, size: tuple[int, int] = (900, 600), mode: str = "RGB", **options: object) -> bytes:
    """A photograph of one colour."""
    return written(Image.new(mode, size, colour), quality=95, **options)


def animated(kind: str) -> bytes:
    """Two frames of 700 pixels."""
    frames = [Image.new("RGB", (700, 500), colour) for colour in ("red", "blue")]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=200)


def located(**options: object) -> bytes:
    """A photograph whose camera noted where it stood."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Tiexi"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (41.0, 48.0, 11.0)
    return jpeg(exif=exif, comment=b"at home", **options)


def without_adobe_mark(data: bytes) -> bytes:
    """The JPEG without the segment in which Adobe says how it wrote the inks."""
    start = data.index(b"\xff\xee")
    length = struct.unpack(">H", data[start + 2 : start + 4])[0]
    return data[:start] + data[start + 2 + length :]


def wide_profile() -> bytes:
    """A profile whose colours are those of Display P3, with a plain gamma of 2.2 (ICC.1:2001, matrix and curves)."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 0x0233)
    tags = {b"wtpt": _xyz(0.9642, 1.0, 0.8249)}
    for name, xyz in zip(b"rgb", DISPLAY_P3, strict=True):
        tags[bytes([name]) + b"XYZ"] = _xyz(*xyz)
        tags[bytes([name]) + b"TRC"] = curve
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def ink_profile(ink: tuple[int, int, int] = (60, -30, -40)) -> bytes:
    """A profile of a press on which full cyan is the given Lab colour and every other ink only darkens."""
    table = bytearray()
    for corner in range(16):
        cyan, *others = [(corner >> shift) & 1 for shift in (3, 2, 1, 0)]
        lightness, a, b = ink if cyan else (100, 0, 0)
        table += bytes([round((lightness if not any(others) else 10) * 2.55), a + 128, b + 128])
    straight = bytes(range(256))
    identity = b"".join(struct.pack(">i", 65536 * (index % 4 == 0)) for index in range(9))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + identity + straight * 4 + bytes(table) + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": lut, b"A2B1": lut, b"wtpt": _xyz(0.9642, 1.0, 0.8249)})


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _profile(device: bytes, colours: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    """An ICC profile of version 2 with these tags."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0",
        **tags,
    }
    offset = 128 + 4 + 12 * len(tags)
    index, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        index += name + struct.pack(">II", offset + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    white = b"".join(struct.pack(">i", round(value * 65536)) for value in (0.9642, 1.0, 0.8249))
    head = bytes(4) + struct.pack(">I", 0x02400000) + device + colours + connection + bytes(12) + b"acsp"
    head = (head + bytes(28) + white).ljust(124, b"\0")
    return struct.pack(">I", 4 + len(head) + len(index) + len(body)) + head + index + body
