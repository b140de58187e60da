/**
 * The threats that Tessera is built against, what stands in their way, and the tests that show it. `npm run security` runs
 * them; docs/security.md is made from this table.
 *
 * `tests`: [file, a part of the title of its tests, its suite's included]. Each has to be there, and to pass.
 */
export const threats = [
  {
    id: "T1",
    threat: "Concurrent double redemption",
    mitigation:
      "One statement takes one use and writes the redemption; unique per code and use; a lock in front only keeps the queue short",
    tests: [
      ["tooling/race/one-code.test.ts", "redeems it exactly once"],
      ["tooling/race/one-code.test.ts", "lets the same code through more than once"],
      ["apps/server/test/redemption.test.ts", "lets one of fifty simultaneous scans through"],
    ],
  },
  {
    id: "T2",
    threat: "A retry that counts as a second use, or a second use excused as a retry",
    mitigation: "The device makes the scan id before it sends anything; one id has one answer for ever",
    tests: [["apps/server/test/redemption.test.ts", "one redemption and nineteen identical replays"]],
  },
  {
    id: "T3",
    threat: "Guessing codes",
    mitigation: "96 to 128 random bits, a signature that is checked before the database is asked, limits",
    tests: [
      ["packages/domain/src/qr/read-code.test.ts", "is not found by guessing (T3)"],
      ["apps/server/test/limits.test.ts", "lets a desk scan sixty times a minute"],
      ["apps/server/test/security.test.ts", "makes one alert of many codes that nobody knows"],
    ],
  },
  {
    id: "T4",
    threat: "A forged or altered code",
    mitigation: "Ed25519 over kind, tenant, key and audience; one algorithm per kind",
    tests: [
      ["packages/domain/src/qr/read-code.test.ts", "is never read when one character"],
      ["packages/domain/src/qr/read-code.test.ts", "does not become a code of another kind"],
      ["packages/domain/src/qr/read-code.test.ts", "cannot borrow the name of another key"],
      ["packages/domain/src/qr/read-code.test.ts", "is not ours with our number written into it"],
    ],
  },
  {
    id: "T5",
    threat: "A picture of somebody's code",
    mitigation: "A code is used once; rotating codes are of their half minute; a copy shown elsewhere is an alert",
    tests: [
      ["apps/server/test/security.test.ts", "notes a used code that is shown at another desk at once"],
      ["apps/server/test/protocol.test.ts", "takes a rotating code as it is now, and no picture of it twice"],
      ["packages/domain/src/qr/read-code.test.ts", "cannot be given another step"],
    ],
  },
  {
    id: "T6",
    threat: "Crossing into another tenant",
    mitigation: "The tenant comes from who asks, row-level security on every table, keys that begin with the tenant",
    tests: [
      ["apps/server/test/access.test.ts", "answers for another tenant's ids to the letter as for ids of nothing"],
      ["apps/server/test/access.test.ts", "changed nothing in the other tenant"],
      ["tooling/race/tables.test.ts", "shows no row, takes none, changes none"],
      ["tooling/race/tables.test.ts", "each foreign key carries the tenant"],
      ["tooling/race/tables.test.ts", "is found out by all that when somebody forgets a rule"],
      ["tooling/race/pool.test.ts", "sees its own rows in each of ten thousand"],
      ["tooling/race/pool.test.ts", "would see others'"],
    ],
  },
  {
    id: "T7",
    threat: "Learning what exists from how it is answered",
    mitigation: "What is not the caller's answers to the letter as what never was",
    tests: [
      ["apps/server/test/access.test.ts", "answers for another tenant's ids to the letter as for ids of nothing"],
      ["apps/server/test/redemption.test.ts", "in the very words for one that never was"],
    ],
  },
  {
    id: "T8",
    threat: "Learning what exists from how long it takes",
    mitigation: "Codes are found by a keyed hash, whatever they are; cheap checks come first for all",
    tests: [["apps/server/test/timing.test.ts", "takes as long for a code of another tenant"]],
  },
  {
    id: "T9",
    threat: "A token in an address, a log or a journal",
    mitigation: "Secrets travel in bodies and headers; the log redacts; nothing is stored but hashes",
    tests: [
      ["apps/server/test/secrets.test.ts", "is in no line of the log"],
      ["apps/server/test/secrets.test.ts", "is in no row of any table"],
      ["apps/server/test/secrets.test.ts", "is in no key and no value of Redis"],
      ["apps/server/src/log.test.ts", "hides what gives a claim"],
    ],
  },
  {
    id: "T10",
    threat: "A stolen copy of the database",
    mitigation: "Keys are outside it, and can be rotated; it holds keyed hashes of secret parts",
    tests: [
      ["apps/server/test/secrets.test.ts", "cannot be made from what the database holds"],
      ["apps/server/test/rotation.test.ts", "ended, the secret is a stranger's"],
    ],
  },
  {
    id: "T11",
    threat: "A sticker over a sticker",
    mitigation:
      "A desk reads only what is ours, and says so of all else; places and their stickers come with the guest portal",
    tests: [["apps/kiosk/src/scan/foreign-code.test.ts", "answers a foreign code"]],
  },
  {
    id: "T12",
    threat: "An open redirect",
    mitigation: "No address says where to go on; the sign-in library's are checked against our own origin",
    tests: [["apps/server/test/transport.test.ts", "sends nobody elsewhere"]],
  },
  {
    id: "T13",
    threat: "A socket opened by another site's page",
    mitigation: "The origin is compared to the letter before the upgrade; no token stands in an address",
    tests: [["apps/server/test/transport.test.ts", "opens a socket for a page of ours only"]],
  },
  {
    id: "T14",
    threat: "A form of another site",
    mitigation: "Origin and Sec-Fetch-Site, a header no foreign page can send, SameSite cookies, JSON only",
    tests: [
      ["apps/server/test/transport.test.ts", "does nothing for a form of another site"],
      ["apps/server/test/transport.test.ts", "does nothing that only a cookie signs"],
      ["apps/server/test/transport.test.ts", "reads JSON and nothing else"],
    ],
  },
  {
    id: "T15",
    threat: "Many calls in one",
    mitigation: "Ten in a batch, over HTTP and sockets; each counts",
    tests: [
      ["apps/server/test/transport.test.ts", "runs ten calls of a batch, and none of eleven"],
      ["apps/server/test/limits.test.ts", "counts the calls of a batch one by one"],
    ],
  },
  {
    id: "T16",
    threat: "A reader who does not read",
    mitigation: "What waits is bounded in bytes; news is made up for later, then the socket is cut off",
    tests: [
      ["apps/server/test/socket-caps.test.ts", "is cut off when too much waits"],
      ["tooling/race/sockets.test.ts", "200 who read nothing cost little"],
      ["tooling/race/sockets.test.ts", "they would cost hundreds of MB without a bound"],
    ],
  },
  {
    id: "T17",
    threat: "Floods of half requests, upgrades and subscriptions",
    mitigation: "Ten seconds for a head, a bucket for upgrades, caps on sockets, subscriptions, calls and messages",
    tests: [
      ["apps/server/test/security.test.ts", "for everybody is refused by every door"],
      ["apps/server/test/transport.test.ts", "whether its length is told or not"],
      ["tooling/race/flood.test.ts", "serves who is signed in beside"],
      ["tooling/race/flood.test.ts", "hangs up on who sends half a request"],
      ["apps/server/test/socket-caps.test.ts", "may have so many subscriptions"],
      ["apps/server/test/socket-caps.test.ts", "is one of so many of its caller"],
      ["apps/server/test/limits.test.ts", "refuses a flood of one address"],
    ],
  },
  {
    id: "T18",
    threat: "A stolen or copied desk",
    mitigation:
      "Its token can be taken back; its story is numbered and chained, and two of it are a critical alert; what it holds runs out",
    tests: [
      ["apps/kiosk/src/offline/two-stories.test.ts", "is quarantined as soon as both tell their story"],
      ["apps/server/test/protocol.test.ts", "quarantines a desk whose story is told in two ways"],
      ["apps/server/src/watch/security-watch.test.ts", "opens at three critical alerts"],
    ],
  },
  {
    id: "T19",
    threat: "Forged times",
    mitigation: "The order of arrival decides; claimed times are clamped and told",
    tests: [
      ["apps/server/test/protocol.test.ts", "lets no forged time change who was first"],
      ["apps/kiosk/src/offline/two-stories.test.ts", "change no winner"],
    ],
  },
  {
    id: "T20",
    threat: "Prototype pollution",
    mitigation: "Strict schemas, maps for what callers name, nothing is merged deeply",
    tests: [
      ["apps/server/test/corpora.test.ts", "answers with a clear word, never with a fault"],
      ["apps/server/test/corpora.test.ts", "has changed no object of the program"],
    ],
  },
  {
    id: "T21",
    threat: "Fields slipped in beside what is asked for",
    mitigation: "Every input is strict however deep; no caller shapes a query",
    tests: [
      ["packages/api/src/strict-inputs.test.ts", "takes no key that it does not know"],
      ["packages/api/src/strict-inputs.test.ts", "is found out by that when it takes one"],
    ],
  },
  {
    id: "T22",
    threat: "SQL injection",
    mitigation: "Tagged templates and parameters only, held by the linter",
    tests: [
      ["apps/server/test/corpora.test.ts", "answers with a clear word, never with a fault"],
      ["apps/server/test/corpora.test.ts", "keeps what it took as it was sent"],
      ["tooling/boundaries/src/source-rules.test.ts", "$queryRawUnsafe"],
    ],
  },
  {
    id: "T23",
    threat: "Limits walked around with a proxy's header",
    mitigation: "Only what our own proxies heard is believed, counted by a number of hops",
    tests: [
      ["apps/server/test/limits.test.ts", "is not deceived by what somebody writes"],
      ["apps/server/test/transport.test.ts", "does not start trusting any number of proxies"],
      ["apps/server/src/adapters/address.test.ts", "is what our own proxies heard"],
    ],
  },
  {
    id: "T24",
    threat: "The server made to ask addresses inside",
    mitigation: "It asks no address that a caller names; webhooks come with the parts that need them",
    tests: [["tooling/boundaries/src/source-rules.test.ts", "fetch(url)"]],
  },
  {
    id: "T25",
    threat: "Lines planted in a log",
    mitigation: "One JSON object per line, whatever a text contains",
    tests: [
      ["apps/server/src/log.test.ts", "keeps one line one line"],
      ["apps/server/test/corpora.test.ts", "leaves one line for each entry of the log"],
    ],
  },
  {
    id: "T26",
    threat: "Made-up news on Redis",
    mitigation: "News says only that there is some; what happened is read from the journal",
    tests: [["apps/server/test/redis-bus.test.ts", "takes in no event that is made up"]],
  },
  {
    id: "T27",
    threat: "Flags or breakers used to switch a protection off",
    mitigation:
      "Operators only, with a reason, in the journal; lifting a kill needs a second person; no stranger's doing opens a breaker",
    tests: [
      ["packages/domain/src/suspicion/notebook.test.ts", "lets no stranger raise a critical alert"],
      ["apps/server/test/flags.test.ts", "is switched by operators only"],
      ["packages/db/src/stores/flag-book.test.ts", "is done when another agrees"],
    ],
  },
  {
    id: "T28",
    threat: "A hostile picture or code before the camera",
    mitigation: "Read in a worker with a watchdog; what was read is text and nothing else",
    tests: [
      ["packages/ui/src/scanner/worker-decoder.test.ts", "is replaced when a frame takes it more than"],
      ["apps/kiosk/src/scan/foreign-code.test.ts", "answers a foreign code"],
    ],
  },
  {
    id: "T29",
    threat: "A bad package",
    mitigation: "Everything is pinned; nothing below a version with a known hole; no install scripts",
    tests: [
      ["tooling/launch/floors.test.mjs", "are none with a hole"],
      ["tooling/launch/floors.test.mjs", "have their content pinned"],
      ["tooling/launch/floors.test.mjs", "run no program of theirs"],
    ],
  },
  {
    id: "T30",
    threat: "Somebody inside edits the journal",
    mitigation: "Rights and a trigger, a chain of hashes, a signed seal each day, a script that is not ours to run",
    tests: [
      ["packages/db/src/reads/audit.test.ts", "names the entry in which one byte of any column was changed"],
      ["packages/db/src/reads/audit.test.ts", "the seal names it"],
    ],
  },
];
