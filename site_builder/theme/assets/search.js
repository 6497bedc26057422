// What answers behind Material's search form: looks for the letters of the query in the words of
// the index (site_builder/searching.py says why). Speaks Material's language: a READY, then for
// each QUERY a RESULT whose titles and texts are HTML; besides, what to say above the list.
"use strict";

const READY = 1, QUERY = 2, RESULT = 3;
const LANGUAGE = location.hash.slice(1) || "th";
const SAY = {
  th: {
    start: "พิมพ์คำที่ต้องการค้นหา",
    loading: "กำลังโหลดดัชนีค้นหา…",
    failed: "โหลดดัชนีค้นหาไม่ได้ ตรวจการเชื่อมต่ออินเทอร์เน็ต แล้วพิมพ์อีกครั้ง",
    none: (words) => `ไม่พบ “${words}” ลองใช้คำที่สั้นลงหรือคำอื่น`,
    found: (count) => `พบ ${count} รายการ`,
    first: (count, shown) => `พบ ${count} รายการ แสดง ${shown} รายการแรก`,
  },
  en: {
    start: "Type the words to look for",
    loading: "Loading the search index…",
    failed: "The search index could not be loaded. Check your connection, then type again",
    none: (words) => `Nothing found for “${words}”. Try fewer or other words`,
    found: (count) => (count === 1 ? "1 result" : `${count} results`),
    first: (count, shown) => `${count} results, the first ${shown} shown`,
  },
}[LANGUAGE];
const MOST = 100; // results that are shown
const LONGEST = 300; // letters of a query that are read
const MOST_WORDS = 12;

// Letters: a text as it is compared, and where each of its letters stands in the original

const isDigit = (c) => c >= 0x30 && c <= 0x39;
const isThai = (c) => c >= 0x0e01 && c <= 0x0e4e;
const isLatin = (c) => c >= 0x61 && c <= 0x7a || c >= 0xdf && c < 0x0250;
const isTone = (c) => c >= 0x0e48 && c <= 0x0e4b;
const isAbove = (c) => c === 0x0e31 || c >= 0x0e34 && c <= 0x0e37 || c === 0x0e4d || c === 0x0e47;
const isBelow = (c) => c >= 0x0e38 && c <= 0x0e3a;
const isMark = (c) => isAbove(c) || isBelow(c) || c >= 0x0e47 && c <= 0x0e4e;
const isTrailing = (c) => c === 0x0e30 || c === 0x0e32 || c === 0x0e33 || c === 0x0e45;
const isLeading = (c) => c >= 0x0e40 && c <= 0x0e44;
const NEW_LINE = 10, AM = 0x0e33, AA = 0x0e32, NIKHAHIT = 0x0e4d, E = 0x0e40, AE = 0x0e41;

class Letters {
  /** Only letters and digits count; one way to write each; lines stay apart. */
  constructor(text) {
    this.text = text;
    this.codes = new Uint16Array(text.length + 16);
    this.at = new Uint32Array(text.length + 16);
    // Whether something that does not count stands before a letter: a space, a dot, a new line.
    this.gaps = new Uint8Array(text.length + 16);
    const { codes, at, gaps } = this;
    let n = 0, apart = 1;
    for (let i = 0; i < text.length; i++) {
      let c = text.charCodeAt(i);
      if (c >= 0x0e01 && c <= 0x0e59) {
        if (c >= 0x0e50) c -= 0x0e50 - 0x30;
        else if (c === 0x0e46) continue; // ๆ
        else if (c === 0x0e2f || c > 0x0e4e || c > 0x0e3a && c < 0x0e40) { apart = 1; continue; }
        else if (n && !apart) {
          const last = codes[n - 1];
          if (c === E && last === E) { codes[n - 1] = AE; continue; } // เ + เ is แ
          if (c === AA && last === NIKHAHIT) { codes[n - 1] = AM; at[n - 1] = i; continue; }
          if (c === AA && isTone(last) && codes[n - 2] === NIKHAHIT) {
            codes[n - 2] = last; codes[n - 1] = AM; at[n - 1] = i;
            continue;
          }
          if (c === NIKHAHIT && isTone(last) && text.charCodeAt(i + 1) === AA) {
            codes[n] = AM; at[n++] = ++i;
            continue;
          }
          if (isTone(last) && (isAbove(c) || isBelow(c)) || isTone(c) && last === AM) {
            // One order, whichever was typed: vowel before tone, and tone before ำ.
            codes[n - 1] = c;
            c = last;
          }
        }
      } else if (c >= 0x41 && c <= 0x5a) {
        // OneStopService is three words.
        if (i && isLatin(text.charCodeAt(i - 1))) apart = 1;
        c += 32;
      } else if (c === NEW_LINE) apart = 1;
      else if (!(c >= 0x61 && c <= 0x7a || isDigit(c))) {
        if (c >= 0x200b && c <= 0x200d || c === 0x2060 || c === 0xfeff || c === 0xad) continue;
        const other = c < 0xaa ? "" : otherLetter(text, i, codes[n - 1]);
        i += (c >= 0xd800 && c <= 0xdbff) ? 1 : 0;
        if (other === "") { apart = 1; continue; }
        if (other === null) continue;
        if (other.joined) { codes[n - 1] = other.joined; continue; }
        c = other.code;
      }
      codes[n] = c;
      at[n] = i;
      gaps[n++] = apart;
      apart = c === NEW_LINE ? 1 : 0;
    }
    this.length = n;
    gaps[n] = 1;
    this.string = new TextDecoder("utf-16le").decode(codes.subarray(0, n));
  }

  gap(n) {
    return n >= this.length || this.gaps[n] === 1;
  }

  /** Where the original of a run of letters ends, with the marks that belong to its last one. */
  end(n) {
    let end = n ? this.at[n - 1] + 1 : 0;
    while (end < this.text.length && (isMark(this.text.charCodeAt(end)) || this.text.charCodeAt(end) === AM)) end++;
    return end;
  }
}

/** A letter of another script; what joins the letter before it; null for a mark without one. */
function otherLetter(text, i, before) {
  const letter = String.fromCodePoint(text.codePointAt(i));
  if (/\p{M}/u.test(letter)) {
    const whole = before ? (String.fromCharCode(before) + letter).normalize("NFC") : letter;
    return before && whole.length === 1 ? { joined: whole.charCodeAt(0) } : null;
  }
  if (!/[\p{L}\p{N}]/u.test(letter)) return "";
  return { code: letter.normalize("NFC").toLowerCase().charCodeAt(letter.length > 1 ? 1 : 0) };
}

const lettersOf = (text) => new Letters(text.replaceAll("\n", " ")).string;

// Words: what the browser itself takes for one

const segmenter = self.Intl?.Segmenter && new Intl.Segmenter("th", { granularity: "word" });
const cut = (text) => Array.from(segmenter.segment(text), (piece) => piece.segment);
const SYLLABLES = new Set(["ประ", "กระ", "บริ", "ปริ", "สัม", "อนุ"]); // they begin words, and are none
const known = remembered((word) => {
  // The dictionary does not say whether it knows a word; but it cuts a row of known ones apart.
  const pieces = cut(word.repeat(3));
  // Two letters are seldom a word of their own, unless a consonant closes them: รถ, ใบ, ไฟ.
  if (!/^...|[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e2e]$/.test(word) || SYLLABLES.has(word)) return false;
  return pieces.length === 3 && pieces.every((piece) => piece === word);
});
// Another engine's dictionary may not bear this out: then every part of a word counts as one.
const CAN_TELL = segmenter && known("หน่วย") && known("ธรรม") && !known("สามา") && !known("พัฒ");

function remembered(make) {
  const seen = new Map();
  return (key) => {
    if (!seen.has(key)) seen.set(key, make(key));
    return seen.get(key);
  };
}

// How well a match fits; 0 is no match at all.
const WHOLE = 4, PART = 3, BEGUN = 2, INSIDE = 1, NOT = 0;
const WORTH = [0, 0.4, 0.6, 0.85, 1];
const NEAR = 24; // letters beside a match that are cut into words

class Text {
  /** All lines of the index as one text that is looked through. */
  constructor(lines) {
    this.letters = new Letters(lines.join("\n"));
    this.starts = [0];
    const { string } = this.letters;
    for (let at = string.indexOf("\n"); at >= 0; at = string.indexOf("\n", at + 1)) this.starts.push(at + 1);
    this.begins = [0];
    for (const line of lines) this.begins.push(this.begins.at(-1) + line.length + 1);
    this.segments = remembered((key) => {
      const from = Math.floor(key / 256), ends = [from];
      for (const { index, segment } of segmenter.segment(this.letters.text.slice(from, from + key % 256))) {
        ends.push(from + index + segment.length);
      }
      return ends;
    });
  }

  line(at) {
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** How well a run of letters stands as words of its own. */
  fit(from, to) {
    const { codes, at } = this.letters;
    const first = codes[from], before = codes[from - 1], last = codes[to - 1], after = codes[to];
    const apart = this.letters.gap(from), ended = this.letters.gap(to);
    if (isMark(first) || isTrailing(first)) return NOT;
    // One Thai letter is a word only where it stands alone: ก. and ข.
    if (to - from === 1 && isThai(first) && !(apart && ended)) return NOT;
    if (!apart) {
      if (isDigit(first) && isDigit(before) || isLatin(first) && isLatin(before)) return NOT;
      if (isLeading(before)) return NOT;
    }
    let end = WHOLE;
    if (!ended) {
      if (isDigit(last) && isDigit(after) || isLatin(last) && isLatin(after)) end = BEGUN;
      else if (isMark(after) || after === AM || after === 0x0e30 || isLeading(last)) end = BEGUN;
    }
    const inside = !apart && isThai(first) && isThai(before);
    const goesOn = end === WHOLE && !ended && isThai(last) && isThai(after);
    if (!inside && !goesOn) return end;
    if (!segmenter) return inside ? INSIDE : BEGUN;
    const words = this.words(from, to);
    const start = at[from], stop = this.letters.end(to);
    const rest = words.find((end) => end >= stop) ?? stop;
    if (rest > stop && end === WHOLE) end = known(this.letters.text.slice(stop, rest)) ? PART : BEGUN;
    if (!inside) return end;
    const head = words.findLast((end) => end <= start) ?? start;
    if (head === start) return end;
    if (!CAN_TELL) return Math.min(end, PART);
    if (known(this.letters.text.slice(head, start)) && end >= PART) return PART;
    // A long run of letters is no accident; a short one inside a word is.
    return to - from > 4 ? INSIDE : NOT;
  }

  /** Where words end in the unbroken Thai around a run of letters. */
  words(from, to) {
    const { letters } = this;
    let low = from, high = to;
    while (low > 0 && from - low < NEAR && !letters.gap(low)) low--;
    while (high < letters.length && high - to < NEAR && !letters.gap(high)) high++;
    const begin = letters.at[low];
    return this.segments(begin * 256 + Math.min(255, letters.end(high) - begin));
  }

  /** Every place where the letters of a word stand. */
  *all(word, from = 0, to = this.letters.length) {
    const { string } = this.letters;
    for (let at = string.indexOf(word, from); at >= 0 && at + word.length <= to; at = string.indexOf(word, at + 1)) yield at;
  }

  /** The letters of a line. */
  lettersIn(line) {
    return this.letters.string.slice(this.starts[line], (this.starts[line + 1] ?? this.letters.length + 1) - 1);
  }
}

// The index: documents, each with its lines

const TITLE = 0, UNIT = 1, PERIOD = 2, DAYS = 3, ABOUT = 4, BODY = 5;
const WEIGHT = [10, 6, 5, 4, 4, 3];
const ENOUGH = 4; // lines of a document in which a word is looked at
const FROM_PAGE = 3; // for what the page of a measure is called, or its year

class Index {
  constructor({ pages, entries, digits }) {
    this.digits = digits;
    this.docs = [];
    const lines = [];
    const add = (doc, parts) => {
      doc.first = lines.length;
      doc.zones = [];
      for (const [zone, text] of parts) {
        if (!text) continue;
        // No text can break the lines apart.
        lines.push(text.replace(/\s+/g, " "));
        doc.zones.push(zone);
      }
      doc.last = lines.length;
      doc.number = this.docs.length;
      doc.children = [];
      this.docs.push(doc);
    };
    const inBody = (texts) => texts.map((text) => [BODY, text]);
    for (const [url, title, year, about, texts] of pages) {
      const label = lettersOf(/^[^0-9๐-๙]*[0-9๐-๙]+/.exec(title)?.[0] ?? "").length;
      add({ url, title, year, label, page: null, about: about[0] ?? "" }, [[TITLE, title], ...about.map((words) => [ABOUT, words]), ...inBody(texts)]);
    }
    for (const [number, anchor, title, texts, unit, period, days] of entries) {
      const page = this.docs[number];
      const doc = { url: `${page.url}#${anchor}`, title, year: page.year, label: 0, page, measure: Boolean(days) };
      const more = days ? [[UNIT, unit], [PERIOD, period], ...days.map((day) => [DAYS, day])] : [];
      doc.unit = unit, doc.period = period;
      add(doc, [[TITLE, title], ...more, ...inBody(texts)]);
      if (doc.measure) page.children.push(doc);
    }
    this.reported = new Set(this.docs.map((doc) => doc.year).filter(Boolean));
    this.years = this.reported.size;
    this.newest = Math.max(...this.docs.map((doc) => doc.year));
    this.lines = lines;
    this.text = new Text(lines);
    this.owner = new Uint32Array(lines.length);
    for (const doc of this.docs) this.owner.fill(doc.number, doc.first, doc.last);
    this.found = remembered((key) => this.#find(key.slice(1), Number(key[0])));
  }

  /** What a run of letters is found in: document number → its best worth, fit and lines. */
  #find(word, least) {
    const found = new Map(), numbered = /\d/.test(word);
    let best = NOT;
    for (const at of this.text.all(word)) {
      const line = this.text.line(at), doc = this.docs[this.owner[line]];
      const zone = doc.zones[line - doc.first], place = at - this.text.starts[line];
      // "ตัวชี้วัดที่ ๓" and "ปีงบประมาณ ๒๕๖๘" name a page by their number, not by their words.
      if (zone === ABOUT && !numbered || zone === TITLE && place > 0 && place < doc.label && !numbered) continue;
      let own = found.get(doc.number);
      // What is known well enough of a document need not be known better.
      if (own && own.fits[zone] === WHOLE && (own.lines.has(line) || own.lines.size >= ENOUGH)) continue;
      const fit = this.text.fit(at, at + word.length);
      if (fit < least) continue;
      best = Math.max(best, fit);
      if (!own) found.set(doc.number, own = { fits: [], lines: new Set(), handedOn: false });
      own.fits[zone] = Math.max(own.fits[zone] ?? NOT, fit);
      own.lines.add(line);
      own.handedOn ||= zone === TITLE && (numbered || place >= doc.label);
    }
    // A few letters that begin another word, or a number that goes on, are meant only where they
    // stand nowhere as a word or a number of their own.
    const strict = best >= PART && word.length <= 3 || best === WHOLE && isDigit(word.charCodeAt(word.length - 1));
    const told = new Map();
    for (const [number, { fits, lines, handedOn }] of found) {
      let worth = 0, fitting = NOT, named = 0;
      fits.forEach((fit, zone) => {
        if (strict && fit < PART) return;
        // "ปีงบประมาณ" is about every page and so about none; its number is what tells them apart.
        if (zone === ABOUT && !/\d/.test(word)) return;
        fitting = Math.max(fitting, fit);
        // What a page is about is found by its measures; the page itself by its title.
        if (zone !== ABOUT) worth = Math.max(worth, WEIGHT[zone] * WORTH[fit]);
        if (zone === TITLE || zone === ABOUT) named = Math.max(named, FROM_PAGE * WORTH[fit]);
      });
      if (worth) merge(told, number, { worth: worth + 0.2 * Math.min(lines.size, 5), fit: fitting, lines });
      for (const child of named ? this.docs[number].children : []) {
        merge(told, child.number, { worth: named, fit: fitting, lines: new Set() });
      }
    }
    return { docs: told, least: strict ? PART : least };
  }
}

function merge(found, number, more) {
  const own = found.get(number);
  if (!own) found.set(number, { ...more });
  else {
    own.worth = Math.max(own.worth, more.worth);
    own.lines = new Set([...own.lines, ...more.lines]);
  }
}

// The query

/** The words of a query; a short number belongs to what it stands beside: ต.ค. 67, ไตรมาส 1. */
function wordsOf(query, joined) {
  const words = query.split(/\s+/).map(lettersOf).filter(Boolean);
  if (!joined) return words;
  const told = [];
  let waiting = "";
  for (const word of words) {
    const short = /^\d{1,2}$/.test(word);
    const year = /^\d{4}$/.test(word) && BEFORE_YEAR.test(told.at(-1) ?? "");
    if (short && !told.length) waiting += word;
    else if (short || year) told[told.length - 1] += word;
    else told.push(waiting + word), waiting = "";
  }
  return waiting ? [...told, waiting] : told;
}
const BEFORE_YEAR = /(?:^ปี|^ปีงบประมาณ|^พศ|[มกพตธส]ค|มีค|[กพ]พ|เมย|มิย|[กพ]ย|คม|ยน|พันธ์)$/;

/** What a query finds, best first: `docs`, each with the letters that are marked in it. */
function search(index, query) {
  const short = query.slice(0, LONGEST);
  for (const joined of [true, false]) {
    const words = wordsOf(short, joined).slice(0, MOST_WORDS);
    const found = words.length ? every(index, words) : [];
    if (found.length) return found;
  }
  return [];
}

function every(index, words) {
  const whole = words.join("");
  const phrase = index.found(INSIDE + whole);
  let docs = null;
  const marks = [];
  for (const word of words) {
    const one = index.found(INSIDE + word);
    // Words that nobody wrote side by side may still stand in one measure.
    const found = withApart(index, word, one);
    marks.push(...found.marks);
    docs = docs ? both(docs, found.docs) : found.docs;
  }
  // Side by side they are found even where one alone would be no word.
  const all = new Map([...phrase.docs, ...docs]);
  // Who names a year that has a report asks for that year.
  const asked = new Set(words.map(Number).filter((year) => index.reported.has(year)));
  const told = [];
  for (const [number, { worth, lines }] of all) {
    const doc = index.docs[number];
    const side = phrase.docs.get(number);
    let score = side ? Math.max(side.worth, worth / words.length) : worth / words.length;
    if (side && words.length > 1) score += side.worth;
    const title = index.text.lettersIn(doc.first);
    if (title === whole) score += 10;
    else if (title.includes(whole)) score += 2 * whole.length / title.length + (title.startsWith(whole) ? 1 : 0);
    if (!doc.measure && title !== whole) score *= 0.9;
    if (doc.year && asked.size) score *= asked.has(doc.year) ? 3 : 1;
    else if (doc.year) score *= 0.85 ** Math.min(5, index.newest - doc.year);
    told.push({ doc, score, lines, marks: side ? [[whole, phrase.least], ...marks] : marks });
  }
  return told.sort((a, b) => b.score - a.score || a.doc.number - b.doc.number);
}

/** A word as it stands, and its own words where they stand apart. */
function withApart(index, word, { docs, least }) {
  if (!docs.size) return apart(index, word);
  const marks = [[word, least]];
  // Beside the very words of a long query, a sentence that has each of them says the same.
  if (word.length < 16) return { docs, marks };
  const scattered = apart(index, word);
  const all = new Map(docs);
  for (const [number, own] of scattered.docs) if (!all.has(number) && own.together) all.set(number, own);
  return { docs: all, marks: all.size > docs.size ? [...marks, ...scattered.marks] : marks };
}

const JOINING = new Set(["การ", "ความ", "ที่", "ของ", "และ", "ใน", "เพื่อ", "ให้", "ได้", "จาก", "เรื่อง"]);

/** An unspaced query word by word, as the browser cuts it: each a word in the same document. */
function apart(index, word) {
  const none = { docs: new Map(), marks: [] };
  if (!segmenter) return none;
  const pieces = cut(word);
  const words = pieces.filter((piece) => !JOINING.has(piece));
  if (pieces.length < 2 || !words.length || words.length > MOST_WORDS) return none;
  let docs = null;
  const marks = [];
  words.forEach((piece, n) => {
    const begun = n === words.length - 1 && piece.length > 2;
    const found = index.found((begun ? BEGUN : PART) + piece);
    marks.push([piece, found.least]);
    docs = docs ? both(docs, found.docs) : new Map(found.docs);
  });
  for (const [number, own] of docs) docs.set(number, { ...own, worth: own.worth / words.length });
  return { docs, marks };
}

function both(some, others) {
  const kept = new Map();
  for (const [number, one] of some) {
    const other = others.get(number);
    if (!other) continue;
    const shared = new Set([...one.lines].filter((line) => other.lines.has(line)));
    // Words that stand together say more than words scattered over a measure.
    const lines = shared.size ? shared : new Set([...one.lines, ...other.lines]);
    kept.set(number, { worth: one.worth + other.worth + (shared.size ? 1 : 0), lines, together: shared.size > 0 });
  }
  return kept;
}

// What is shown: HTML, in which the office's words are text and nothing else

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const office = (markup) => (LANGUAGE !== "th" && /[\u0e01-\u0e4e]/.test(markup) ? `<span lang="th">${markup}</span>` : markup);

/** The runs of a line's original that are hits, in order, none touching another. */
function hits(index, line, marks) {
  const { text } = index, begin = text.begins[line];
  const from = text.starts[line], to = text.starts[line + 1] ?? text.letters.length;
  const runs = [];
  for (const [word, least] of marks) {
    for (const at of text.all(word, from, to)) {
      if (text.fit(at, at + word.length) < least) continue;
      runs.push([text.letters.at[at] - begin, text.letters.end(at + word.length) - begin]);
    }
  }
  runs.sort((a, b) => a[0] - b[0]);
  const told = [];
  for (const [start, end] of runs) {
    const last = told.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else told.push([start, end]);
  }
  return told;
}

function marked(text, runs, from = 0, to = text.length) {
  let html = "", at = from;
  for (const [start, end] of runs) {
    if (end <= at || start >= to) continue;
    html += `${escaped(text.slice(at, Math.max(at, start)))}<mark>${escaped(text.slice(Math.max(at, start), end))}</mark>`;
    at = end;
  }
  return html + escaped(text.slice(at, Math.max(at, to)));
}

/** The passage of a line around its first hit; words whole at both ends. */
function passage(text, runs) {
  const BEFORE = 40, LENGTH = 140;
  if (text.length <= LENGTH) return marked(text, runs);
  const [start, end] = runs[0] ?? [0, 0];
  let from = wordEnd(text, Math.max(0, start - BEFORE));
  if (from > start) from = start;
  const to = Math.max(end, wordEnd(text, Math.max(end, from + LENGTH)));
  return `${from ? "…" : ""}${marked(text, runs, from, to)}${to < text.length ? "…" : ""}`;
}

function wordEnd(text, at) {
  if (at <= 0 || at >= text.length) return Math.min(at, text.length);
  if (!segmenter) {
    const space = text.indexOf(" ", at);
    if (space >= 0 && space - at < 30) return space;
    while (at < text.length && (isMark(text.charCodeAt(at)) || isTrailing(text.charCodeAt(at)) || isLeading(text.charCodeAt(at - 1)))) at++;
    return at;
  }
  const from = Math.max(0, at - NEAR);
  let end = from;
  for (const piece of cut(text.slice(from, at + NEAR))) {
    end += piece.length;
    if (end >= at) return end;
  }
  return text.length;
}

function teaser(index, { doc, lines, marks }) {
  const zone = (line) => doc.zones[line - doc.first];
  const own = [...lines].filter((line) => line >= doc.first && line < doc.last).sort((a, b) => a - b);
  const bodies = own.filter((line) => zone(line) === BODY);
  const shown = bodies.slice(0, 2).map((line) => passage(index.lines[line], hits(index, line, marks)));
  let where = "";
  for (let line = doc.first; line < doc.last && doc.measure; line++) {
    if (zone(line) !== UNIT && zone(line) !== PERIOD) continue;
    where += `${where && " · "}${marked(index.lines[line], hits(index, line, marks))}`;
  }
  if (!shown.length) {
    const first = doc.zones.indexOf(BODY);
    if (first >= 0) shown.push(passage(index.lines[doc.first + first], []));
  }
  return (where && `<p class="search-where">${office(where)}</p>`) + (shown.length ? `<p>${shown.map(office).join(" ")}</p>` : "");
}

/** Results as Material lists them: those of one page that follow one another stand together. */
function items(index, found) {
  const groups = [];
  found.forEach((one, place) => {
    const { doc, marks } = one;
    const page = doc.page ?? doc;
    const item = {
      location: doc.url,
      title: office(marked(doc.title, hits(index, doc.first, marks))),
      text: teaser(index, one),
      score: found.length - place,
      terms: {},
    };
    let group = groups.at(-1);
    if (group?.page !== page) groups.push(group = { page, items: [] });
    group.items.push(item);
  });
  return groups.map(({ page, items }) => {
    // Material folds away what is worth less than the first of its page: nothing is.
    const score = items[0].score;
    for (const item of items) item.score = score;
    // Where several years stand side by side, a page says which is its own.
    const year = index.years > 1 && page.about && page.about !== page.title ? ` · ${escaped(page.about)}` : "";
    const own = items.find((item) => item.location === page.url);
    if (own) own.title += year;
    const head = { location: page.url, title: office(escaped(page.title)) + year, text: "", score: 0, terms: {} };
    return own ? items : [...items, head];
  });
}

// Talking with the page

let latest = null, loading = null, index = null;

function answer(query, notice, list = []) {
  postMessage({ type: RESULT, data: { items: list, query, notice, busy: notice === SAY.loading } });
}

function load() {
  loading ??= fetch(new URL(`../search/${LANGUAGE}.json`, location.href))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.status))))
    .then((content) => { index = new Index(content); })
    .catch(() => { loading = null; });
  return loading;
}

async function respond() {
  const query = latest;
  if (query === null) return;
  if (query && !index) {
    answer(query, SAY.loading);
    await load();
    if (query !== latest) return;
    if (!index) return void answer(query, SAY.failed);
  }
  latest = null;
  if (!lettersOf(query.slice(0, LONGEST))) return void answer(query, SAY.start);
  const found = search(index, query);
  const number = (count) => (index.digits === "thai" ? String(count).replace(/\d/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : count);
  const shown = found.slice(0, MOST);
  const words = query.trim().length > 40 ? `${query.trim().slice(0, 40)}…` : query.trim();
  const notice = !found.length ? SAY.none(words)
    : found.length > MOST ? SAY.first(number(found.length), number(MOST)) : SAY.found(number(found.length));
  answer(query, notice, items(index, shown));
}

self.onmessage = ({ data }) => {
  if (data.type !== QUERY) return;
  latest = data.data;
  // The page itself asks for nothing; whatever comes after that is a reader.
  if (latest) load();
  // Whoever types faster than we look is answered for the last letter, not for each.
  setTimeout(respond);
};
self.addEventListener("online", () => setTimeout(respond));
postMessage({ type: READY });
