import { z } from "zod";

/** Whether a database keeps a text as it is. JSON can write down what none does: a NUL, and half a letter. */
export const isStorable = (text: string): boolean => !text.includes("\0") && !/\p{Surrogate}/u.test(text);

/** A text that is kept, or looked for among those that are. */
export const StorableText: z.ZodString = z.string().refine(isStorable, "it holds letters that are none");
