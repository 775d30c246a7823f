import { UsageError } from "../../../command-line/usage-error";
import { parseStartOptions } from "../../../local/start/options";

describe("npm start's options", () => {
  test("has a value for everything that may be left out", () => {
    expect(parseStartOptions([])).toEqual({
      rate: 100,
      seed: 1,
      malformed: 0.001,
      duplicates: 0.001,
      late: 0.001,
      trigger: 10,
      every: 15,
      dimensionsEvery: 300,
      lateEvery: 300,
      eventsim: true,
      data: ".lake",
      fresh: false,
      ports: 28000,
    });
  });

  test("reads every option", () => {
    const args =
      "--rate 2000 --users 500 --seed 7 --malformed 0.01 --duplicates 0.02 --late 0.03 --trigger 5 --every 6 --dimensions-every 60 --late-every 90 --for 120 --report r.json --no-eventsim --data d --fresh --ports 30000";
    expect(parseStartOptions(args.split(" "))).toEqual({
      rate: 2000,
      users: 500,
      seed: 7,
      malformed: 0.01,
      duplicates: 0.02,
      late: 0.03,
      trigger: 5,
      every: 6,
      dimensionsEvery: 60,
      lateEvery: 90,
      for: 120,
      report: "r.json",
      eventsim: false,
      data: "d",
      fresh: true,
      ports: 30000,
    });
  });

  test.each([
    [["--rate", "fast"], "--rate: got 'fast', allowed: a number from 0.1 to 100000"],
    [["--rate", "0"], "--rate: got '0', allowed: a number from 0.1 to 100000"],
    [["--users", "1.5"], "--users: got '1.5', allowed: a whole number from 1 to 5000000"],
    [["--seed", "-1"], "--seed: got '-1', allowed: a whole number from 0 to 4294967295"],
    [["--malformed", "1.01"], "--malformed: got '1.01', allowed: a share from 0 to 1"],
    [["--duplicates", "-0.1"], "--duplicates: got '-0.1', allowed: a share from 0 to 1"],
    [["--late", "some"], "--late: got 'some', allowed: a share from 0 to 1"],
    [["--trigger", "0"], "--trigger: got '0', allowed: whole seconds from 1 to 86400"],
    [["--late-every", "-5"], "--late-every: got '-5', allowed: whole seconds from 1 to 86400"],
    [["--dimensions-every", "0"], "--dimensions-every: got '0', allowed: whole seconds from 1 to 86400"],
    [["--every", "0.5"], "--every: got '0.5', allowed: whole seconds from 1 to 86400"],
    [["--for", "-5"], "--for: got '-5', allowed: whole seconds from 1 to 86400"],
    [["--ports", "80"], "--ports: got '80', allowed: a whole number from 1024 to 65500"],
    [["--accept-kafka", "a b"], "--accept-kafka: got 'a b', allowed: a cluster id of Kafka"],
    [["--report", "r.json"], "--report: got 'r.json', allowed: with --for"],
    [["--speed", "9"], "unknown option '--speed'"],
    [["extra"], "too many arguments"],
    [["--rate"], "option '--rate <events/s>' argument missing"],
  ])("refuses %j and says why", (args, message) => {
    expect(() => parseStartOptions(args)).toThrow(UsageError);
    expect(() => parseStartOptions(args)).toThrow(message);
  });
});
