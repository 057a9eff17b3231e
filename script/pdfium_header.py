#!/usr/bin/env python3
"""Writes pdfium.h from the binding table inside the pypdfium2 wheel: every function, struct, constant and handle type.

usage: pdfium_header.py FOLDER_WITH_BINDINGS OUTPUT_HEADER
"""
import ctypes
import importlib.util
import pathlib
import sys

SIMPLE = {
    ctypes.c_int: "int", ctypes.c_uint: "unsigned int", ctypes.c_long: "long", ctypes.c_ulong: "unsigned long",
    ctypes.c_short: "short", ctypes.c_ushort: "unsigned short", ctypes.c_char: "char", ctypes.c_byte: "signed char",
    ctypes.c_ubyte: "unsigned char", ctypes.c_float: "float", ctypes.c_double: "double", ctypes.c_bool: "bool",
    ctypes.c_void_p: "void*", ctypes.c_char_p: "const char*",
}
FOREIGN = {"struct_tm", "RTLD_LOCAL", "RTLD_GLOBAL", "DEFAULT_MODE"}  # of ctypes itself: they clash with system headers


def spelled(kind, name=""):
    """A C++ declaration of `name` with the ctypes type `kind`."""
    space = " " + name if name else ""
    if kind is None:
        return "void" + space
    if kind in SIMPLE:
        return SIMPLE[kind] + space
    if issubclass(kind, (ctypes.Structure, ctypes.Union)):
        return kind.__name__ + space
    if issubclass(kind, ctypes._CFuncPtr):
        arguments = ", ".join(spelled(a) for a in kind._argtypes_)
        return f"{spelled(kind._restype_)} (*{name})({arguments})"
    if issubclass(kind, ctypes.Array):
        return f"{spelled(kind._type_)}{space}[{kind._length_}]"
    if issubclass(kind, ctypes._Pointer):
        inner = kind._type_
        if isinstance(inner, type) and issubclass(inner, ctypes._CFuncPtr):
            return spelled(inner, name)
        return spelled(inner) + "*" + space
    if issubclass(kind, ctypes._SimpleCData):  # the table's own subclasses, such as its byte pointer
        return SIMPLE[kind.__mro__[1]] + space
    if kind.__name__ == "String":
        return "const char*" + space
    raise SystemExit(f"no C++ spelling for {kind}")


def named_types(kind, found):
    """The structs that `kind` mentions by value or pointer."""
    if kind is None or not isinstance(kind, type):
        return
    if issubclass(kind, (ctypes.Structure, ctypes.Union)):
        found.add(kind)
    elif issubclass(kind, ctypes._CFuncPtr):
        for part in (kind._restype_, *kind._argtypes_):
            named_types(part, found)
    elif issubclass(kind, (ctypes._Pointer, ctypes.Array)):
        named_types(kind._type_, found)


def definition_order(structs):
    """Structs so that one held by value comes before its holder."""
    done, order = set(), []

    def visit(struct):
        if struct in done:
            return
        done.add(struct)
        for _, kind in getattr(struct, "_fields_", ()):
            if isinstance(kind, type) and issubclass(kind, ctypes.Structure):
                visit(kind)
        order.append(struct)

    for struct in structs:
        visit(struct)
    return order


def main():
    folder, output = map(pathlib.Path, sys.argv[1:3])
    spec = importlib.util.spec_from_file_location("bindings", folder / "bindings.py")
    table = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(table)
    names = {n: v for n, v in vars(table).items() if n not in FOREIGN and n not in vars(ctypes) and not n.startswith("_")}
    functions = {n: v for n, v in names.items() if isinstance(v, ctypes._CFuncPtr)}
    structs = set()
    for value in names.values():
        if isinstance(value, type):
            named_types(value, structs)
    for function in functions.values():
        for kind in (function.restype, *(function.argtypes or ())):
            named_types(kind, structs)
    structs = sorted((s for s in structs if s.__name__ not in FOREIGN), key=lambda s: s.__name__)
    lines = ["// Made by script/pdfium_header.py from the binding table of the pinned PDFium. Do not edit.", "#pragma once",
             "#include <cstddef>", "#include <cstdint>", "struct tm;", ""]
    lines += [f"struct {s.__name__};" for s in structs]
    for struct in definition_order(structs):
        if hasattr(struct, "_fields_"):
            fields = "".join(f" {spelled(kind, name)};" for name, kind, *_ in struct._fields_)
            lines.append(f"struct {struct.__name__} {{{fields} }};")
    for name, value in names.items():
        if isinstance(value, type) and value.__name__ != name and name.upper().startswith(("FPDF", "FS_", "FX_", "IPDF", "IFSDK", "UNSUPPORT")):
            lines.append(f"using {name} = {spelled(value)};")
    for name, value in names.items():
        if isinstance(value, bool):
            continue
        if isinstance(value, int):
            lines.append(f"constexpr {'int' if -2**31 <= value < 2**31 else 'unsigned long'} {name} = {value};")
    lines.append('extern "C" {')
    for name, function in sorted(functions.items()):
        arguments = ", ".join(spelled(a) for a in function.argtypes or ())
        lines.append(f"{spelled(function.restype)} {name}({arguments});")
    lines += ["}", ""]
    text = "\n".join(lines).replace("struct_tm", "tm")
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists() or output.read_text() != text:
        output.write_text(text)


if __name__ == "__main__":
    main()
