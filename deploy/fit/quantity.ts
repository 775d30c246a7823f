const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A quantity as Kubernetes writes it: `500m`, `2`, `16291416Ki`, `1e3`. */
export function quantity(text: string): number {
  const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = factors[suffix];
  if (digits === undefined || factor === undefined)
    throw new Error(
      `got the quantity '${text}', allowed: a number with one of ${Object.keys(factors).join(" ")}`,
    );
  return Number(digits) * factor;
}

export function cpuMillis(text: string): number {
  return Math.round(quantity(text) * 1000);
}

export function mebibytes(text: string): number {
  return Math.floor(quantity(text) / 2 ** 20);
}
