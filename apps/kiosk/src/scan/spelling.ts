const TAG = "T1";

/** How many letters a code has, with its tag. */
export const CODE_LENGTH = 30;

/** Whether a text may be one of our codes. The server judges the rest. */
export const looksLikeOurs = (text: string): boolean => text.startsWith(TAG);

/**
 * What a person typed, in the one spelling a code has: no spaces or dashes, upper case, and after the leading `T1` the
 * letters that our alphabet leaves out read as the digits they look like.
 */
export function spelled(typed: string): string {
  const text = typed.replace(/[\s-]/g, "").toUpperCase();
  return text.slice(0, TAG.length) + text.slice(TAG.length).replace(/[IL]/g, "1").replace(/O/g, "0");
}
