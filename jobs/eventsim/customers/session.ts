import type { PageViewEvent } from "../../../lake/events";
import type { Song } from "../../../lake/reference";
import type { Random } from "../random/random";
import { Weighted } from "../random/weighted";
import type { Customer, Life } from "./customer";
import { expectedVisits, journey, type Step } from "./journey";
import type { Level } from "./profile";
import { buy, usualOrder } from "./purchase";
import type { Returns } from "./returns";

/** Time on a page, log-normal, in ms. */
export const dwell = { medianMs: 9_000, spread: 0.8 };

/** Shares of songs that are skipped or heard in part; the rest are heard whole. */
export const listening = { skipped: 0.28, partly: 0.08, skipMs: [2_000, 60_000], part: [0.3, 0.95] } as const;

/** Probabilities of outcomes within a session. */
export const wrongPassword = 0.05;
export const loggedOut = 0.6;
export const oneMorePurchase = 0.2;
const upgraded = 0.35;
const downgraded = 0.45;
export const cancelled = 0.025;
const favouriteGenre = 0.6;

/** Share of a session's time in which a song is playing. */
const midSong = 0.92;

/** Pages on which a customer may be at a random moment, weighted by how often they are opened. */
const pagesMidVisit: Record<Level, Weighted<Step>> = {
  free: pagesByVisits("free"),
  paid: pagesByVisits("paid"),
};

function pagesByVisits(level: Level): Weighted<Step> {
  const visits = expectedVisits(level);
  const pages = [...visits.keys()].filter((step) => step !== "listen" && step !== "exit");
  return new Weighted(pages, (page) => visits.get(page) ?? 0);
}

const longestSongMs = 900_000;

export function pause(customer: Customer, medianMs: number = dwell.medianMs): number {
  return Math.round(customer.random.logNormal(medianMs, dwell.spread));
}

export function* logIn(customer: Customer, waitMs: number): Life {
  let wait = waitMs;
  while (customer.random.chance(wrongPassword)) {
    yield wait;
    customer.refused("wrong_password");
    wait = pause(customer, 5_000);
  }
  yield wait;
  customer.loggedIn();
}

export function* logOut(customer: Customer): Life {
  yield pause(customer);
  customer.loggedOut();
}

function listenedMs(song: Song, random: Random): number {
  const how = random.unit();
  return Math.round(
    how < listening.skipped
      ? Math.min(song.duration_ms, random.between(...listening.skipMs))
      : how < listening.skipped + listening.partly
        ? song.duration_ms * random.between(...listening.part)
        : song.duration_ms,
  );
}

function* listen(customer: Customer): Life {
  const { random, profile, setting } = customer;
  const songs = random.chance(favouriteGenre) ? random.pick(profile.taste) : setting.world.songs;
  const song = songs.draw(random);
  const heardMs = listenedMs(song, random);
  yield heardMs;
  customer.listened(song, heardMs);
}

const methods: Partial<Record<PageViewEvent["page"], PageViewEvent["method"]>> = {
  checkout: "POST",
  settings: "PUT",
  upgrade: "PUT",
  downgrade: "PUT",
};

/** A song that began before the simulation did. A song is likelier to be this one the longer it is heard. */
function* listenOn(customer: Customer): Life {
  const { random, setting } = customer;
  let song: Song;
  let heardMs: number;
  do {
    song = setting.world.songs.draw(random);
    heardMs = listenedMs(song, random);
  } while (!random.chance(heardMs / longestSongMs));
  yield Math.round(heardMs * random.unit());
  customer.listened(song, heardMs);
}

function* openPage(customer: Customer, page: PageViewEvent["page"]): Life {
  yield pause(customer);
  const status = page === "error" ? (customer.random.chance(0.6) ? 404 : 500) : 200;
  customer.opened(page, methods[page] ?? "GET", status);
}

function* changeLevel(customer: Customer, change: "upgrade" | "downgrade", level: Level): Life {
  yield pause(customer);
  customer.changed(change, level);
}

function* cancel(customer: Customer): Life {
  yield pause(customer);
  customer.changed("cancel", "none");
}

/** A checkout: one purchase, or several at several merchants. */
function* checkOut(customer: Customer, returns: Returns): Life {
  const channel = customer.random.chance(0.65) ? "app" : "web";
  do {
    yield pause(customer, 4_000);
    buy(customer, returns, usualOrder(customer, channel, customer.place));
  } while (customer.random.chance(oneMorePurchase));
}

/** The events that follow from opening a page. */
function* consequences(customer: Customer, returns: Returns, step: Step): Life {
  const { random } = customer;
  if (step === "checkout") yield* checkOut(customer, returns);
  else if (step === "upgrade" && customer.level === "free" && random.chance(upgraded))
    yield* changeLevel(customer, "upgrade", "paid");
  else if (step === "downgrade" && customer.level === "paid" && random.chance(downgraded))
    yield* changeLevel(customer, "downgrade", "free");
  else if (step === "settings" && random.chance(cancelled)) yield* cancel(customer);
}

function nextStep(customer: Customer, step: Step): Step {
  if (customer.level === "none") return "exit";
  return journey[customer.level].get(step)!.draw(customer.random)[0];
}

/** A session from a step on until the customer leaves or cancels. */
export function* browse(customer: Customer, returns: Returns, first: Step): Life {
  let step = first;
  while (step !== "exit") {
    if (step === "listen") yield* listen(customer);
    else yield* openPage(customer, step);
    yield* consequences(customer, returns, step);
    step = nextStep(customer, step);
  }
}

/** The rest of a visit that began before the simulation did. */
export function* browseOn(customer: Customer, returns: Returns): Life {
  const { random } = customer;
  if (customer.level === "none") return;
  let step: Step = random.chance(midSong) ? "listen" : pagesMidVisit[customer.level].draw(random);
  if (step === "listen") {
    yield* listenOn(customer);
    step = nextStep(customer, step);
  }
  if (step !== "exit") yield* browse(customer, returns, step);
}
