"""A small writer of SVG: panels with axes, lines and bars."""
import html
import math

COLOURS = {
    "Plumb": "#0b5fa5", "bun": "#c8561b", "npm ws": "#2f8f4e",
    "libwebsockets": "#7d4ea8", "Beast": "#8a6d3b", "limit": "#555555",
    "Plumb (2 shards)": "#4aa3df", "Plumb (io_uring)": "#4aa3df",
}
FONT = "font-family='DejaVu Sans, Verdana, sans-serif'"


def number(value):
    """Short, for an axis or a bar."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


class Drawing:
    def __init__(self, width, height):
        self.size = (width, height)
        self.parts = []

    def line(self, x1, y1, x2, y2, colour, width=1, dash=None):
        extra = f" stroke-dasharray='{dash}'" if dash else ""
        self.parts.append(
            f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' "
            f"stroke='{colour}' stroke-width='{width}'{extra}/>")

    def text(self, x, y, text, size=11, anchor="start", colour="#222",
             bold=False, turned=False):
        extra = " font-weight='bold'" if bold else ""
        if turned:
            extra += f" transform='rotate(-90 {x:.1f} {y:.1f})'"
        self.parts.append(
            f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' {FONT} "
            f"text-anchor='{anchor}' fill='{colour}'{extra}>"
            f"{html.escape(text)}</text>")

    def rectangle(self, x, y, width, height, colour):
        self.parts.append(
            f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:.1f}' "
            f"height='{height:.1f}' fill='{colour}'/>")

    def dot(self, x, y, colour):
        self.parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' "
                          f"fill='{colour}'/>")

    def curve(self, points, colour, dash=None):
        extra = f" stroke-dasharray='{dash}'" if dash else ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f"<polyline points='{path}' fill='none' "
                          f"stroke='{colour}' stroke-width='2'{extra}/>")

    def legend(self, x, y, names):
        for name in names:
            self.rectangle(x, y - 9, 12, 10, COLOURS[name])
            self.text(x + 17, y, name)
            x += 30 + 7 * len(name)

    def write(self, path):
        width, height = self.size
        path.write_text(
            f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' "
            f"height='{height}' viewBox='0 0 {width} {height}'>\n"
            f"<rect width='{width}' height='{height}' fill='white'/>\n"
            + "\n".join(self.parts) + "\n</svg>\n")


class Axes:
    """A panel whose two axes are logarithmic; `xs` are its ticks."""

    def __init__(self, drawing, box, title, xs, ys, x_label, y_label):
        self.drawing = drawing
        self.x, self.y, self.width, self.height = box
        self.x_range = (min(xs) / 1.25, max(xs) * 1.25)
        low, high = min(ys), max(ys)
        self.y_range = (low / 1.5, high * 1.5)
        drawing.text(self.x + self.width / 2, self.y - 8, title, 12, "middle",
                     bold=True)
        for x in xs:
            at = self.at(x, low)[0]
            drawing.line(at, self.y, at, self.y + self.height, "#e4e4e4")
            drawing.text(at, self.y + self.height + 15, number(x),
                         anchor="middle")
        for tick in self.y_ticks():
            at = self.at(xs[0], tick)[1]
            drawing.line(self.x, at, self.x + self.width, at, "#e4e4e4")
            drawing.text(self.x - 5, at + 4, number(tick), anchor="end")
        for x1, y1, x2, y2 in ((0, 1, 1, 1), (0, 0, 0, 1)):
            drawing.line(self.x + x1 * self.width, self.y + y1 * self.height,
                         self.x + x2 * self.width, self.y + y2 * self.height,
                         "#222")
        drawing.text(self.x + self.width / 2, self.y + self.height + 31, x_label,
                     anchor="middle")
        drawing.text(self.x - 44, self.y + self.height / 2, y_label,
                     anchor="middle", turned=True)

    def y_ticks(self):
        low, high = (math.log10(value) for value in self.y_range)
        steps = (1,) if high - low > 3 else (1, 2, 5)
        return [step * 10.0 ** power
                for power in range(math.floor(low), math.ceil(high) + 1)
                for step in steps
                if low <= math.log10(step * 10.0 ** power) <= high]

    def at(self, x, y):
        def part(value, ends):
            low, high = map(math.log, ends)
            return (math.log(value) - low) / (high - low)

        return (self.x + part(x, self.x_range) * self.width,
                self.y + (1 - part(y, self.y_range)) * self.height)

    def series(self, points, colour, dash=None):
        places = [self.at(x, y) for x, y in points]
        self.drawing.curve(places, colour, dash)
        for x, y in places:
            self.drawing.dot(x, y, colour)
