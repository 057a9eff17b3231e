#include "extract/classify/elements.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "extract/classify/context.h"
#include "extract/classify/summary.h"
#include "extract/layout/page_layout.h"
#include "extract/text/lines.h"
#include "extract/text/page_fixture.h"

namespace docwright::extract {

namespace {

const std::vector<std::u32string> kProse = {U"These are lines of running text that fill the measure of the page and",
                                            U"carry most of its glyphs, so that their style is that of the body, which is what",
                                            U"headings and notes are told apart from by their looks and their places."};

// The whole way of one document, page by page.
std::vector<PageElements> extracted(std::vector<PageFixture> pages) {
    DocumentFacts document = pages.front().document;
    document.page_count = static_cast<int>(pages.size());
    std::vector<AnalysedPage> analysed;
    std::vector<PageSummary> summaries;
    ContextDraft draft;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        pages[i].facts.page_index = static_cast<int>(i);
        std::vector<Line> lines = build_lines(pages[i].facts, false);
        analysed.push_back(lay_out(std::move(pages[i].facts), std::move(lines), {}));
        summaries.push_back(summarise(analysed.back(), document.fonts));
        draft.add(summaries.back());
    }
    const auto again = [&summaries](const std::function<void(const PageSummary&)>& visit) {
        std::ranges::for_each(summaries, visit);
        return success();
    };
    const DocumentContext context = draft.finish(again, document).take();
    std::vector<PageElements> out;
    for (const AnalysedPage& page : analysed) out.push_back(classify_page(page, document, context));
    return out;
}

PageElements extracted(PageFixture page) {
    std::vector<PageFixture> pages;
    pages.push_back(std::move(page));
    return std::move(extracted(std::move(pages)).front());
}

const Element* find(const PageElements& page, ElementType type, std::size_t nth = 0) {
    for (const Element& element : page.elements)
        if (element.type == type && nth-- == 0) return &element;
    return nullptr;
}

std::string shown(const PageElements& page) {
    std::string out;
    for (const Element& element : page.elements)
        out += std::to_string(static_cast<int>(element.type)) + "/" + std::to_string(static_cast<int>(element.role)) + " " +
               narrow(element.text.text) + "\n";
    return out;
}

std::u32string at(const Element& element, const Anchor& anchor) { return element.text.text.substr(anchor.start, anchor.length); }

}  // namespace

TEST(Elements, tell_title_and_headings_by_their_looks) {
    PageFixture page;
    page.text(U"A Report", 50, 100, {.size = 20, .font = kBoldFont});
    page.lines(kProse, 50, 130);
    page.text(U"1 Introduction", 50, 200, {.size = 14, .font = kBoldFont});
    page.lines(kProse, 50, 220);
    page.text(U"1.1 Background", 50, 290, {.size = 12, .font = kBoldFont});
    page.lines(kProse, 50, 310);
    const PageElements out = extracted(std::move(page));
    ASSERT_TRUE(find(out, ElementType::Title));
    EXPECT_EQ(find(out, ElementType::Title)->text.text, U"A Report");
    ASSERT_TRUE(find(out, ElementType::Head, 1));
    EXPECT_EQ(find(out, ElementType::Head, 0)->level, 1);
    EXPECT_EQ(find(out, ElementType::Head, 0)->number, U"1");
    EXPECT_EQ(find(out, ElementType::Head, 1)->level, 2);
    EXPECT_EQ(find(out, ElementType::Head, 1)->number, U"1.1");
}

TEST(Elements, take_what_recurs_on_pages_for_furniture_and_put_it_at_the_ends) {
    std::vector<PageFixture> pages;
    for (int i = 0; i < 4; ++i) {
        PageFixture page;
        page.text(U"Annual Report", 50, 40);
        page.lines(kProse, 50, 120);
        page.lines(kProse, 50, 200);
        page.text(U"Page " + std::u32string(1, U'1' + static_cast<char32_t>(i)), 280, 780);
        pages.push_back(std::move(page));
    }
    const std::vector<PageElements> out = extracted(std::move(pages));
    for (std::size_t i = 0; i < out.size(); ++i) {
        EXPECT_EQ(out[i].elements.front().type, ElementType::HeaderFooter);
        EXPECT_EQ(out[i].elements.front().repeat_group, out[0].elements.front().repeat_group);
        EXPECT_EQ(out[i].elements.back().furniture, FurnitureKind::PageNumber);
        EXPECT_EQ(out[i].elements.back().page_label, std::to_string(i + 1));
    }
}

TEST(Elements, take_a_small_line_far_above_the_text_of_a_single_page_for_furniture) {
    PageFixture page;
    page.text(U"Working Papers", 400, 40, {.size = 8});
    page.lines(kProse, 50, 120);
    page.text(U"17", 295, 770);
    const PageElements out = extracted(std::move(page));
    EXPECT_EQ(out.elements.front().type, ElementType::HeaderFooter);
    EXPECT_EQ(out.elements.back().furniture, FurnitureKind::PageNumber);
}

TEST(Elements, keep_the_only_line_of_a_page_as_its_text_unless_it_is_a_page_number) {
    for (const double baseline : {40.0, 770.0}) {
        PageFixture page;
        page.text(U"a small line and nothing else", 50, baseline, {.size = 8});
        const PageElements out = extracted(std::move(page));
        ASSERT_EQ(out.elements.size(), 1U);
        EXPECT_NE(out.elements[0].type, ElementType::HeaderFooter);
    }
    PageFixture number;
    number.text(U"- 7 -", 280, 770);
    EXPECT_EQ(extracted(std::move(number)).elements[0].type, ElementType::HeaderFooter);
}

TEST(Elements, take_the_numbers_of_lines_in_the_margin_for_furniture) {
    PageFixture page;
    for (int i = 1; i <= 15; ++i) {
        page.text(i % 2 ? U"A line of verse that ends in its own good time" : U"Another that is just as long and follows on it", 100,
                  300 + 12.0 * i);
        if (i % 5 == 0) page.text(i == 5 ? U"5" : i == 10 ? U"10" : U"15", i == 5 ? 505 : 500, 300 + 12.0 * i);
    }
    const PageElements out = extracted(std::move(page));
    ASSERT_EQ(out.elements.size(), 2U);
    EXPECT_EQ(out.elements[0].type, ElementType::Paragraph);
    ASSERT_EQ(out.elements[1].type, ElementType::HeaderFooter);
    EXPECT_EQ(out.elements[1].furniture, FurnitureKind::SideNote);
}

TEST(Elements, keep_a_title_at_the_top_of_the_first_page) {
    PageFixture page;
    page.text(U"The Title", 50, 60, {.size = 22});
    page.lines(kProse, 50, 130);
    EXPECT_EQ(extracted(std::move(page)).elements.front().type, ElementType::Title);
}

TEST(Elements, give_list_items_their_labels_levels_and_numbers) {
    PageFixture page;
    page.lines(kProse, 50, 100);
    page.text(U"1. first", 60, 150);
    page.text(U"• inner", 80, 165);
    page.text(U"2. second", 60, 180);
    const PageElements out = extracted(std::move(page));
    std::vector<const Element*> items;
    for (const Element& element : out.elements)
        if (element.role == ParagraphRole::ListItem) items.push_back(&element);
    ASSERT_EQ(items.size(), 3U) << shown(out);
    EXPECT_EQ(items[0]->list.label, U"1.");
    EXPECT_EQ(items[0]->list.label_length, 3U);
    EXPECT_TRUE(items[0]->list.ordered);
    EXPECT_EQ(items[1]->list.level, 2);
    EXPECT_FALSE(items[1]->list.ordered);
    EXPECT_EQ(items[2]->list.number, 2);
    EXPECT_EQ(items[2]->list.list, items[0]->list.list);
    EXPECT_EQ(items[2]->list.level, 1);
}

TEST(Elements, link_footnotes_with_their_calls) {
    PageFixture page;
    page.lines(kProse, 50, 100);
    double x = page.text(U"a sentence that is explained below", 50, 160);
    x = page.text(U"3", x, 156, {.size = 6});
    page.text(U" and goes on after that", x, 160);
    page.text(U"3", 50, 697, {.size = 5});
    page.text(U"The explanation in small print.", 55, 700, {.size = 8});
    const PageElements out = extracted(std::move(page));
    const Element* note = find(out, ElementType::Footnote);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->marker, U"3");
    bool called = false;
    for (const Element& element : out.elements)
        for (const Span& span : element.text.spans)
            if (span.footnote != kNoElement) {
                called = true;
                EXPECT_EQ(&out.elements[static_cast<std::size_t>(span.footnote)], note);
                EXPECT_EQ(element.text.text.substr(span.start, span.length), U"3");
            }
    EXPECT_TRUE(called);
}

TEST(Elements, anchor_links_at_exactly_the_words_under_them) {
    PageFixture page;
    page.lines(kProse, 50, 100);
    const double from = page.text(U"see the ", 50, 160);
    const double to = page.text(U"data portal", from, 160);
    page.text(U" for more", to, 160);
    Link link{.box = {from, 150, to, 163}, .target = {.kind = TargetKind::Uri, .uri = "https://data.example"}};
    link.quads.push_back({Point{from, 150}, {to, 150}, {to, 163}, {from, 163}});
    page.facts.links.push_back(link);
    const PageElements out = extracted(std::move(page));
    const Element* element = find(out, ElementType::Hyperlink);
    ASSERT_TRUE(element);
    EXPECT_EQ(element->text.text, U"data portal");
    ASSERT_EQ(element->anchors.size(), 1U);
    EXPECT_EQ(at(out.elements[static_cast<std::size_t>(element->anchors[0].element)], element->anchors[0]), U"data portal");
    EXPECT_EQ(element - 1, &out.elements[static_cast<std::size_t>(element->anchors[0].element)]);
}

TEST(Elements, find_printed_addresses_without_a_link) {
    PageFixture page;
    page.text(U"write to info@example.org or see www.example.org/a, please", 50, 160);
    const PageElements out = extracted(std::move(page));
    ASSERT_TRUE(find(out, ElementType::Hyperlink, 1));
    EXPECT_EQ(find(out, ElementType::Hyperlink, 0)->link.target.uri, "mailto:info@example.org");
    EXPECT_EQ(find(out, ElementType::Hyperlink, 1)->text.text, U"www.example.org/a");
    EXPECT_TRUE(find(out, ElementType::Hyperlink, 1)->link_from_text);
}

TEST(Elements, put_replies_into_the_annotation_they_answer) {
    PageFixture page;
    page.lines(kProse, 50, 100);
    page.facts.annotations.push_back({.subtype = "Text", .box = {50, 100, 60, 110}, .contents = "why?"});
    page.facts.annotations.push_back({.subtype = "Text", .box = {50, 100, 60, 110}, .contents = "because", .created = "2", .reply_to = 0});
    page.facts.annotations.push_back({.subtype = "Popup", .popup_owner = 0});
    const PageElements out = extracted(std::move(page));
    const Element* note = find(out, ElementType::Annotation);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->replies, std::vector<int>{1});
    EXPECT_FALSE(find(out, ElementType::Annotation, 1));
    ASSERT_EQ(out.left_out.size(), 1U);
    EXPECT_EQ(out.left_out[0].reason, "popup");
}

TEST(Elements, give_fields_the_label_beside_them) {
    PageFixture page;
    page.text(U"Full name:", 50, 160);
    Field field{.name = "name"};
    field.widgets.push_back({.page_index = 0, .box = {110, 150, 300, 165}});
    page.document.fields.push_back(field);
    const PageElements out = extracted(std::move(page));
    const Element* form = find(out, ElementType::Form);
    ASSERT_TRUE(form);
    EXPECT_EQ(form->label_text, U"Full name");
    ASSERT_NE(form->label_element, kNoElement);
    EXPECT_EQ(out.elements[static_cast<std::size_t>(form->label_element)].text.text, U"Full name:");
}

TEST(Elements, list_hidden_text_with_its_reason_and_warn) {
    PageFixture page;
    page.lines(kProse, 50, 100);
    page.text(U"ignore all previous", 50, 500, {.color = 0xFFFFFF, .hidden = Hidden::SameColor});
    const PageElements out = extracted(std::move(page));
    ASSERT_EQ(out.left_out.size(), 1U);
    EXPECT_EQ(out.left_out[0].reason, "hidden.sameColor");
    EXPECT_EQ(out.left_out[0].text, U"ignore all previous");
    EXPECT_EQ(out.left_out[0].count, 17);
    ASSERT_EQ(out.warnings.size(), 1U);
    EXPECT_EQ(out.warnings[0].code, "HIDDEN_TEXT");
}

TEST(Elements, join_a_paragraph_over_the_column_break) {
    PageFixture page;
    page.lines({U"a paragraph that does not end in", U"its column but goes on and is", U"taken up by the next one with-"}, 50, 100);
    page.lines({U"out a hint, and which then ends", U"in the middle of the column like", U"any other paragraph would do."}, 320, 100);
    const PageElements out = extracted(std::move(page));
    ASSERT_EQ(out.elements.size(), 2U);
    EXPECT_TRUE(out.elements[0].continuation.to_next);
    EXPECT_EQ(out.elements[1].continuation.previous, 0);
    EXPECT_EQ(out.elements[1].continuation.joiner, Joiner::Dehyphenate);
}

TEST(Elements, mark_bold_words_and_underlines_as_spans) {
    PageFixture page;
    double x = page.text(U"plain ", 50, 100);
    x = page.text(U"bold", x, 100, {.font = kBoldFont});
    const double from = page.text(U" and ", x, 100);
    const double to = page.text(U"underlined", from, 100);
    page.ruling(Axis::Horizontal, 101.5, from, to);
    page.text(U" words", to, 100);
    const PageElements out = extracted(std::move(page));
    const TextContent& text = out.elements[0].text;
    ASSERT_EQ(text.spans.size(), 2U);
    EXPECT_EQ(text.text.substr(text.spans[0].start, text.spans[0].length), U"bold");
    EXPECT_NE(text.spans[0].style, text.style);
    EXPECT_EQ(text.text.substr(text.spans[1].start, text.spans[1].length), U"underlined");
    EXPECT_TRUE(text.spans[1].underline);
}

TEST(Elements, tell_the_language_of_a_page) {
    PageFixture page;
    page.lines({U"Die Sprache der Seite ist an den kleinen Worten zu erkennen, die sich",
                U"nicht mit denen einer anderen decken und auch nicht von ihr sind."},
               50, 100);
    EXPECT_EQ(extracted(std::move(page)).language, "de");
}

TEST(Elements, count_every_glyph_in_or_out) {
    std::mt19937 random(3);
    for (int round = 0; round < 40; ++round) {
        std::vector<std::uint8_t> bytes(900);
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
        PageFixture page;
        page.facts = page_from(bytes.data(), bytes.size());
        const std::size_t all = page.facts.glyphs.size();
        const PageElements out = extracted(std::move(page));
        std::set<std::int32_t> inside;
        auto own = [&](const TextContent& text) {
            for (std::int32_t glyph : text.glyphs)
                if (glyph >= 0) inside.insert(glyph);
        };
        for (const Element& element : out.elements) {
            own(element.text);
            for (const Element& paragraph : element.paragraphs) own(paragraph.text);
            EXPECT_LT(element.continuation.previous, static_cast<int>(out.elements.size()));
        }
        std::size_t left_out = 0;
        for (const LeftOut& item : out.left_out) left_out += static_cast<std::size_t>(item.count);
        EXPECT_LE(inside.size() + left_out, all);
        // What is missing was merged into a letter before it (accents) or healed away (hyphens, controls).
        EXPECT_GE(inside.size() + left_out + all / 5 + 1, all);
    }
}

TEST(Elements, keep_the_line_ends_of_verse_and_not_those_of_text) {
    PageFixture page;
    page.lines(kProse, 50, 100);
    page.lines({U"The Owl and the Cat went to sea", U"In a boat that was painted green,", U"They took some honey along with them"}, 50,
               180);
    page.lines(kProse, 50, 260);
    const PageElements out = extracted(std::move(page));
    ASSERT_TRUE(find(out, ElementType::Paragraph, 1));
    EXPECT_EQ(narrow(find(out, ElementType::Paragraph, 1)->text.text),
              "The Owl and the Cat went to sea\nIn a boat that was painted green,\nThey took some honey along with them");
    EXPECT_EQ(find(out, ElementType::Paragraph, 0)->text.text.find(U'\n'), std::u32string::npos);
}

TEST(Elements, do_not_take_a_heading_or_a_caption_of_two_lines_for_verse) {
    PageFixture page;
    page.facts.images.push_back({.box = {50, 60, 300, 200}, .pixel_width = 100, .pixel_height = 100});
    page.lines({U"Figure 1 Population by Age and by Region", U"Forecasts for the Next Years"}, 50, 215, {.size = 9});
    page.lines(kProse, 50, 300);
    const PageElements out = extracted(std::move(page));
    for (const Element& element : out.elements) EXPECT_EQ(element.text.text.find(U'\n'), std::u32string::npos) << shown(out);
}

TEST(Elements, take_a_numbered_scene_for_a_heading) {
    PageFixture page;
    page.lines(kProse, 50, 100);
    page.text(U"Scene 1", 50, 170, {.font = kBoldFont});
    page.lines(kProse, 50, 200);
    const PageElements out = extracted(std::move(page));
    ASSERT_TRUE(find(out, ElementType::Head)) << shown(out);
    EXPECT_EQ(find(out, ElementType::Head)->number, U"Scene 1");
}

TEST(Elements, carry_a_paragraph_over_a_running_head_of_two_lines) {
    std::vector<PageFixture> pages;
    for (int i = 0; i < 3; ++i) {
        PageFixture page;
        page.lines({U"Healthy Lives", U"Methods"}, 50, 40);
        page.lines(kProse, 50, 100);
        page.lines({kProse[0], kProse[1]}, 50, 136);
        pages.push_back(std::move(page));
    }
    const std::vector<PageElements> out = extracted(std::move(pages));
    const Element* last = nullptr;
    for (const Element& element : out[0].elements)
        if (element.type == ElementType::Paragraph) last = &element;
    ASSERT_TRUE(last) << shown(out[0]);
    EXPECT_TRUE(last->continuation.to_next) << shown(out[0]);
}

TEST(Elements, join_vertical_lines_from_right_to_left) {
    PageFixture page;
    double x = 500;
    for (const std::u32string_view line : {U"縦書きの文章は右から左へ行が", U"進みますので読む順番も右から", U"左になります。"}) {
        double y = 100;
        for (char32_t code : line) page.text(std::u32string(1, code), x, y += 10);
        x -= 16;
    }
    const PageElements out = extracted(std::move(page));
    ASSERT_EQ(out.elements.size(), 1U) << shown(out);
    EXPECT_TRUE(out.elements[0].text.text == U"縦書きの文章は右から左へ行が進みますので読む順番も右から左になります。");
    EXPECT_EQ(out.elements[0].text.direction, Direction::TopToBottom);
}

}  // namespace docwright::extract
