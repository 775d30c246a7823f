import uPlot from "uplot";
import { element, setAttribute } from "./elements";
import { colour, onThemeChange } from "./theme";

const spanMs = 15 * 60_000;
const gapMs = 45_000;

export interface Line {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface Chart {
  readonly root: HTMLElement;
  readonly show: (line: Line, description: string) => void;
}

interface Look {
  readonly height: number;
  readonly label: string;
  readonly text: (value: number) => string;
  /** Draws only the line: no axes, and no value at the pointer. */
  readonly isSpark: boolean;
}

/** A line over the last 15 minutes, as wide as its container. */
export function lineChart(look: Look): Chart {
  const root = element("div", { class: look.isSpark ? "spark" : "chart", role: "img" });
  let plot: uPlot | null = null;
  let data: [number[], (number | null)[]] = [[], []];

  const draw = () => {
    const width = Math.floor(root.clientWidth);
    if (width === 0) return;
    if (plot === null)
      plot = new uPlot(
        options(look, width, () => data[0].at(-1)),
        data,
        root,
      );
    else if (plot.width !== width) plot.setSize({ width, height: look.height });
  };
  new ResizeObserver(draw).observe(root);
  onThemeChange(() => plot?.redraw(false, true));

  return {
    root,
    show: ({ times, values }, description) => {
      data = withGaps(times, values);
      setAttribute(root, "aria-label", description);
      plot?.setData(data);
      draw();
    },
  };
}

/** Adds a gap to the line where no data came for a while. */
function withGaps(times: Line["times"], values: Line["values"]): [number[], (number | null)[]] {
  const xs: number[] = [];
  const ys: (number | null)[] = [];
  for (const [index, ms] of times.entries()) {
    const before = times[index - 1];
    if (before !== undefined && ms - before > gapMs) {
      xs.push((before + 1) / 1000);
      ys.push(null);
    }
    xs.push(ms / 1000);
    ys.push(values[index] ?? null);
  }
  return [xs, ys];
}

function options(look: Look, width: number, newest: () => number | undefined): uPlot.Options {
  const { height, label, text, isSpark } = look;
  const size = 0.8 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const axis: uPlot.Axis = {
    stroke: () => colour("muted"),
    grid: { stroke: () => colour("line"), width: 1 },
    ticks: { show: false },
    font: `${size}px system-ui, sans-serif`,
  };
  return {
    width,
    height,
    ...(isSpark ? { padding: [2, 0, 1, 0] } : { padding: [8, 8, 0, 0] }),
    legend: { show: false },
    cursor: isSpark ? { show: false } : { drag: { x: false, y: false }, y: false, points: { size: 7 } },
    scales: {
      x: {
        time: true,
        range: () => {
          const end = newest() ?? Date.now() / 1000;
          return [end - spanMs / 1000, end];
        },
      },
      y: { range: (_plot, _min, max) => [0, Math.max(1, max ?? 0) * 1.08] },
    },
    axes: isSpark
      ? [{ show: false }, { show: false }]
      : [
          { ...axis, space: 8 * size, size: 2.3 * size, values: "{HH}:{mm}" },
          { ...axis, size: 4.6 * size, values: (_plot, splits) => splits.map(text) },
        ],
    series: [
      {},
      {
        label,
        stroke: () => colour("accent"),
        fill: () => colour("accent-soft"),
        width: isSpark ? 1.25 : 1.75,
        points: { show: false },
      },
    ],
    hooks: isSpark ? {} : { ready: [(plot) => addReading(plot, text)] },
  };
}

/** Shows the line's value at the pointer. */
function addReading(plot: uPlot, text: (value: number) => string): void {
  const reading = element("div", { class: "reading", "aria-hidden": "true", hidden: "" });
  plot.over.append(reading);
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
  plot.over.addEventListener("pointermove", () => {
    const index = plot.cursor.idx;
    const at = index === null || index === undefined ? undefined : plot.data[0]?.[index];
    const value = index === null || index === undefined ? undefined : plot.data[1]?.[index];
    reading.hidden = typeof at !== "number" || typeof value !== "number";
    if (typeof at !== "number" || typeof value !== "number") return;
    reading.textContent = `${time.format(at * 1000)}  ${text(value)}`;
    const left = plot.cursor.left ?? 0;
    reading.classList.toggle("leftward", left > plot.over.clientWidth / 2);
    reading.style.left = `${left}px`;
  });
  plot.over.addEventListener("pointerleave", () => (reading.hidden = true));
}
