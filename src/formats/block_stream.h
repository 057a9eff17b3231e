// Elements of StructureInfo.json → blocks (contract/structure-info.md, section 9, rules 1 to 8).
// The elements are gone through twice: first what others say of an element is learned (links, captions, labels of fields,
// later parts of a text, what is inside a table), then blocks are made one after the other.
// Memory: what was learned, and one block. Errors: InvalidInput: an element is not what the contract says.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "formats/blocks.h"
#include "formats/runs.h"

namespace docwright::formats {

class BlockStream {
public:
    explicit BlockStream(TextFormOptions options) : options_(options) {}

    // Every element, in order: all of them to learn(), then all of them again to add().
    Status learn(const json::object& element);
    Status add(const json::object& element, const BlockSink& out);
    Status finish(const BlockSink& out);

private:
    struct Caption {
        std::string id;
        json::object content;
        bool first = true;
    };
    bool dropped(const json::object& element) const;
    std::vector<Block> blocks_of(const json::object& element);
    Block text_block(const json::object& element, BlockKind kind);
    Block table_block(const json::object& element);
    Block image_block(const json::object& element);
    Block sidebar_block(const json::object& element);
    Block footnote_block(const json::object& element);
    bool add_field(const json::object& element);
    bool add_item(const json::object& element);
    Runs runs(const json::object& content, std::uint32_t skip = 0, MarkRule rule = MarkRule::All) const;
    json::object joined_content(const json::object& element) const;
    Status flush(const BlockSink& out);

    TextFormOptions options_;
    LinkTable links_;
    std::map<std::string, int> footnotes_;                        // id → number
    std::map<std::string, std::vector<json::object>> parts_;      // group → later parts
    std::map<std::string, std::vector<Caption>> captions_;        // by owner
    std::map<std::string, std::vector<json::object>> contained_;  // by owner
    std::set<std::string> labels_;                                // paragraphs that label a field
    std::set<std::string> met_;                                   // owners of captions that came already, while learning
    bool has_title_ = false;
    int page_ = 0;
    Block open_;  // a list or field list that may go on
    bool is_open_ = false;
    std::string open_list_;
};

}  // namespace docwright::formats
