// What is run inside a page before it is printed, in a world of its own that the page's scripts cannot see or change.
// Each is a function that takes one JSON argument and gives a JSON answer.
#pragma once

namespace docwright::web {

// {cap, quiet, selector, selectorCap, wait: milliseconds} → {settled, found, scripted, content: CSS pixels of width}.
// Comes back when fonts and pictures are there, the selector matches, and a page with scripts has not changed for
// `quiet`; or when time is up.
constexpr const char* kSettleScript = R"((async (o) => {
  const sleep = (ms) => new Promise((done) => setTimeout(done, Math.max(0, ms)));
  let changed = performance.now();
  new MutationObserver(() => { changed = performance.now(); })
      .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const scripted = [...document.scripts].some((s) => !s.type || /script|module/i.test(s.type)) ||
      !!document.querySelector('body[onload]');
  let found = !o.selector;
  for (const until = performance.now() + o.selectorCap; !found && performance.now() < until; ) {
    found = !!document.querySelector(o.selector);
    if (!found) await sleep(50);
  }
  if (o.wait > 0) await sleep(o.wait);
  const until = performance.now() + o.cap;
  const left = () => until - performance.now();
  const within = (promise) => Promise.race([promise.then(() => true, () => true), sleep(left()).then(() => false)]);
  const arrived = (image) => new Promise((done) => { image.addEventListener('load', done); image.addEventListener('error', done); });
  const loaded = async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].filter((image) => !image.complete).map(arrived));
  };
  let settled = true;
  for (;;) {
    settled = await within(loaded());
    const calm = performance.now() - changed;
    if (!settled || !scripted || calm >= o.quiet) break;
    if (left() <= 0) { settled = false; break; }
    await sleep(Math.min(o.quiet - calm, left()) + 1);
  }
  return {settled, found, scripted, content: document.documentElement.scrollWidth};
}))";

// The text of a style sheet, which comes after all others.
constexpr const char* kSheetScript = R"(((css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return true;
}))";

// null → what @page says, for all pages: {width, height, top, right, bottom, left} in CSS pixels; what it does not say is missing.
constexpr const char* kPageRuleScript = R"(((_) => {
  const named = {a5: [559.37, 793.7], a4: [793.7, 1122.52], a3: [1122.52, 1587.4], b5: [665.2, 944.88], b4: [944.88, 1334.17],
                 letter: [816, 1056], legal: [816, 1344], ledger: [1056, 1632]};
  const units = {px: 1, pt: 96 / 72, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, q: 96 / 101.6};
  const pixels = (text) => {
    const parts = /^([\d.]+)([a-z]+)$/i.exec(text);
    return parts && units[parts[2].toLowerCase()] ? parseFloat(parts[1]) * units[parts[2].toLowerCase()] : text === '0' ? 0 : undefined;
  };
  const said = {};
  const read = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule && !matchMedia(rule.conditionText).matches) continue;
      if (rule instanceof CSSPageRule && !rule.selectorText) {
        const words = rule.style.getPropertyValue('size').toLowerCase().split(/\s+/).filter(Boolean);
        const lengths = words.map(pixels).filter((each) => each !== undefined);
        let size = named[words.find((word) => named[word])] || (lengths.length ? [lengths[0], lengths[lengths.length - 1]] : undefined);
        if (!size && (words.includes('landscape') || words.includes('portrait'))) size = named.a4;
        if (size && words.includes('landscape')) size = [size[1], size[0]];
        if (size) [said.width, said.height] = size;
        for (const side of ['top', 'right', 'bottom', 'left']) {
          const margin = pixels(rule.style.getPropertyValue('margin-' + side));
          if (margin !== undefined) said[side] = margin;
        }
      } else if (rule.cssRules) {
        read(rule.cssRules);
      }
    }
  };
  for (const sheet of document.styleSheets) {
    try { read(sheet.cssRules); } catch (unreadable) { }
  }
  return said;
}))";

// null → {width, height}: of the content in the present view, CSS pixels.
constexpr const char* kHeightScript = R"(((_) => {
  const root = document.documentElement, body = document.body;
  const bottom = (element) => element ? Math.ceil(element.getBoundingClientRect().bottom + scrollY +
      (parseFloat(getComputedStyle(element).marginBottom) || 0)) : 0;
  const overflow = root.scrollHeight > innerHeight ? root.scrollHeight : 0;
  return {width: root.scrollWidth, height: Math.max(bottom(root), bottom(body), overflow, 1)};
}))";

}  // namespace docwright::web
