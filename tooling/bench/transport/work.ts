import { z } from "zod";

/** What every server here is asked to do: check an input, answer, check the answer. As small as a real call can be. */
export const Asked = z.object({
  scanId: z.string().max(64),
  text: z.string().max(200),
  source: z.enum(["camera", "wedge"]),
});
export const Told = z.object({ kind: z.literal("heard"), scanId: z.string(), letters: z.number() });

export const work = ({ scanId, text }: z.infer<typeof Asked>): z.infer<typeof Told> => ({
  kind: "heard",
  scanId,
  letters: text.length,
});

/** Input from outside to an output that was checked. */
export const worked = (input: unknown): z.infer<typeof Told> => Told.parse(work(Asked.parse(input)));
