# PDFium: Debian has none, so its library comes from a pinned wheel (third_party/wheels.txt), unpacked at configure time.
# The declarations are generated from the wheel's own binding table, so they cannot drift from the binary.
set(Python3_FIND_STRATEGY LOCATION)  # the first on the PATH, not the highest version
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(SHA256 ${CMAKE_SOURCE_DIR}/third_party/wheels.txt WHEELS_HASH)
set(WHEELS_FOLDER ${CMAKE_BINARY_DIR}/wheels)
if(NOT EXISTS ${WHEELS_FOLDER}/${WHEELS_HASH}.stamp)
  file(REMOVE_RECURSE ${WHEELS_FOLDER})
  execute_process(COMMAND ${Python3_EXECUTABLE} -m pip download -q --no-deps --only-binary=:all:
    --implementation cp --python-version 3.11
    --platform manylinux_2_28_${CMAKE_HOST_SYSTEM_PROCESSOR} --platform manylinux2014_${CMAKE_HOST_SYSTEM_PROCESSOR}
    --require-hashes -r ${CMAKE_SOURCE_DIR}/third_party/wheels.txt -d ${WHEELS_FOLDER} COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB wheels ${WHEELS_FOLDER}/*.whl)
  foreach(wheel ${wheels})
    file(ARCHIVE_EXTRACT INPUT ${wheel} DESTINATION ${WHEELS_FOLDER})
  endforeach()
  file(TOUCH ${WHEELS_FOLDER}/${WHEELS_HASH}.stamp)
endif()
set(PDFIUM_FOLDER ${WHEELS_FOLDER}/pypdfium2_raw)
set(PDFIUM_HEADER ${CMAKE_BINARY_DIR}/generated/pdfium.h)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/third_party/wheels.txt ${CMAKE_SOURCE_DIR}/script/pdfium_header.py)
execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/script/pdfium_header.py ${PDFIUM_FOLDER} ${PDFIUM_HEADER} COMMAND_ERROR_IS_FATAL ANY)

add_library(pdfium SHARED IMPORTED)
set_target_properties(pdfium PROPERTIES IMPORTED_LOCATION ${PDFIUM_FOLDER}/libpdfium.so
    INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_BINARY_DIR}/generated)
file(READ ${PDFIUM_FOLDER}/version.json pdfium_version)
string(JSON PDFIUM_BUILD GET ${pdfium_version} build)
set_property(TARGET pdfium PROPERTY INTERFACE_COMPILE_DEFINITIONS DOCWRIGHT_PDFIUM_BUILD="${PDFIUM_BUILD}")
