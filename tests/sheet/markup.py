"""A reader of HTML that notes what a page must not get wrong."""

from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "hr", "input", "wbr"}
FORBIDDEN = {"script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}


class Page(HTMLParser):
    """Reads a page; `wrong` lists what is not in order, the rest is what was found."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.wrong = []
        self.stack = []
        self.ids = []
        self.links = []
        self.labelled = []
        self.headings = []
        self.cells = []
        self.captions = 0
        self.awaiting_caption = False
        self.tables = 0
        self.text = []
        self.styles = []
        self.lang = ""
        self.feed(html)
        self.close()
        self.finish()

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.note(tag, found)
        if tag in FORBIDDEN:
            self.wrong.append(f"<{tag}> is not allowed")
        if any(name.startswith("on") for name in found):
            self.wrong.append(f"<{tag}> has an event attribute")
        for name in ("src", "srcset", "data", "action"):
            if name in found:
                self.wrong.append(f"<{tag} {name}> loads something")
        if tag not in VOID:
            self.stack.append(tag)

    def note(self, tag, found):
        if "id" in found:
            self.ids.append(found["id"])
        if "aria-labelledby" in found:
            self.labelled += found["aria-labelledby"].split()
        if "href" in found:
            self.links.append(found["href"])
        if tag == "html":
            self.lang = found.get("lang", "")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        self.note_table(tag, found)

    def note_table(self, tag, found):
        if tag == "th" and found.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            self.wrong.append("a <th> has no scope")
        if tag == "table":
            self.tables += 1
            self.awaiting_caption = True
        elif self.awaiting_caption:
            if tag != "caption":
                self.wrong.append("a <table> does not begin with a <caption>")
            self.captions += 1
            self.awaiting_caption = False
        if tag in ("td", "th"):
            self.cells.append([tag, found.get("data-clause"), ""])

    def handle_startendtag(self, tag, attributes):
        self.note(tag, dict(attributes))

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.stack[-1:]} at {self.getpos()}")
            return
        self.stack.pop()

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "style":
            self.styles.append(data)
            return
        self.text.append(data)
        if self.cells and ("td" in self.stack or "th" in self.stack):
            self.cells[-1][2] += data

    def finish(self):
        self.wrong += [f"<{tag}> is not closed" for tag in self.stack]
        self.wrong += sorted({f"id {i!r} twice" for i in self.ids if self.ids.count(i) > 1})
        for link in self.links:
            if not link.startswith("#") or link[1:] not in self.ids:
                self.wrong.append(f"link {link!r} leads nowhere")
        self.wrong += [f"label {i!r} is missing" for i in self.labelled if i not in self.ids]
        if self.headings.count(1) != 1:
            self.wrong.append("not one <h1>")
        for before, after in zip([0, *self.headings], self.headings, strict=False):
            if after > before + 1:
                self.wrong.append(f"<h{after}> follows <h{before}>")

    @property
    def words(self):
        """All text, with runs of white space as one space."""
        return " ".join("".join(self.text).split())
