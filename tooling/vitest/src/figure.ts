declare module "vitest" {
  interface TaskMeta {
    /** What a test measured, for reports. */
    figure?: string;
  }
}

/**
 * Says with a test's result what it measured or how much it tried. Reports show it; the test's own expectations judge it.
 *
 * @param task Of the test's context.
 * @param figure In a few words: `0 of 10,000 read`.
 */
export function tellFigure(task: { meta: { figure?: string } }, figure: string): void {
  task.meta.figure = figure;
}
