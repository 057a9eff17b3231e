#include "formats/text_forms.h"

#include "formats/block_stream.h"
#include "formats/html.h"
#include "formats/markdown.h"
#include "formats/plain_text.h"

namespace docwright::formats {
namespace {

Status stream(const ElementSource& elements, TextFormOptions options, const BlockSink& out) {
    BlockStream blocks(options);
    TRY(elements([&blocks](const json::object& element) { return blocks.learn(element); }));
    TRY(elements([&](const json::object& element) { return blocks.add(element, out); }));
    return blocks.finish(out);
}

}  // namespace

Status write_text_form(TextForm form, const ElementSource& elements, const TextFormFacts& facts, TextFormOptions options,
                       const TextSink& out) {
    switch (form) {
        case TextForm::Markdown: {
            MarkdownWriter writer(out);
            return stream(elements, options, [&writer](const Block& block) { return writer.add(block); });
        }
        case TextForm::Plain: {
            PlainTextWriter writer(out);
            return stream(elements, options, [&writer](const Block& block) { return writer.add(block); });
        }
        case TextForm::Html: {
            HtmlWriter writer(out);
            TRY(writer.start(facts.language, facts.title));
            TRY(stream(elements, options, [&writer](const Block& block) { return writer.add(block); }));
            return writer.finish();
        }
    }
    return success();
}

}  // namespace docwright::formats
