import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";

/**
 * JSON leaves these as they are, although some programs end a line at them (U+0085, U+2028, U+2029) and some terminals
 * obey them (U+007F to U+009F). They stand only inside strings, where `\uXXXX` says the same.
 */
const UNRULY = /[\u007f-\u009f\u2028\u2029]/g;
const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;

const OPTIONS: LoggerOptions = {
  hooks: { streamWrite: (line) => line.replace(UNRULY, escaped) },
  /** Who holds one of these holds a claim or a session. They are not logged on purpose; this is for the slip. */
  redact: {
    paths: ["authorization", "cookie", "password", "secret", "text", "token"].flatMap((name) => [name, `*.${name}`]),
    censor: "[hidden]",
  },
};

/**
 * The log of a deployment: one JSON object per line, whatever a name or a reason contains.
 *
 * @param level From which severity on.
 * @param destination Where to; the standard output when left out.
 */
export const openLog = (level: string, destination?: DestinationStream): Logger =>
  destination ? pino({ ...OPTIONS, level }, destination) : pino({ ...OPTIONS, level });
