"""PDFs that nobody should be able to hand in, and plain ones that everybody may."""

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf

MEGABYTE = b" " * 1_000_000


def plain(change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **save: object) -> bytes:
    """A PDF with one page, changed by a function before it is written."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(content, **save)
    return content.getvalue()


def packed() -> bytes:
    """A plain PDF with its objects in a compressed stream, as most programs write it."""
    return plain(object_stream_mode=pikepdf.ObjectStreamMode.generate)


def runs_on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def runs_by_name(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))


def runs_in_a_link(pdf: pikepdf.Pdf) -> None:
    """The script lies four containers deep, none of them an object of its own."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    chain = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org", Next=pikepdf.Array([script]))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=chain)
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def runs_a_program(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


def carries_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["tool.exe"] = b"MZ"


def links_to_a_page(pdf: pikepdf.Pdf) -> None:
    """What tables of contents do: harmless."""
    pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])


def inflating(megabytes: int, *, times: int = 1, type_name: bytes = b"/Type /ObjStm") -> bytes:
    """A PDF whose stream of objects grows to so many megabytes when it is opened, deflated so many times over."""
    packer = zlib.compressobj(9)
    body = packer.compress(b"5 0 <</A 1>> ") + b"".join(packer.compress(MEGABYTE) for _ in range(megabytes))
    body += packer.flush()
    for _ in range(times - 1):
        body = zlib.compress(body, 9)
    filters = b"[" + b"/FlateDecode" * times + b"]"
    head = b"<<%s /N 1 /First 4 /Filter %s /Length %d>>\nstream\n" % (type_name, filters, len(body))
    return _with_object_stream(head + body + b"\nendstream")


def with_escaped_names() -> bytes:
    """A PDF with a script whose names are spelt with escapes, which readers understand and a search for text does not."""
    return _with_object_stream(_EMPTY_STREAM, b"/OpenAction <</S /J#61vaScript /#4aS (app.alert(1))>>")


_EMPTY_STREAM = b"<</Type /ObjStm /N 1 /First 4 /Length 13>>\nstream\n5 0 <</A 1>> \nendstream"


def _with_object_stream(stream: bytes, in_catalogue: bytes = b"") -> bytes:
    objects = [
        b"<</Type /Catalog /Pages 2 0 R /X 5 0 R %s>>" % in_catalogue,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <<>> >>",
        stream,
    ]
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    rows = [(0, 0, 65535), *((1, offset, 0) for offset in offsets), (2, 4, 0), (1, len(out), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    start = len(out)
    out += b"6 0 obj\n<</Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d>>\nstream\n" % len(table)
    return bytes(out) + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start
