export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const PLACE = "tessera.theme";

/** What this browser was told; "system" when nothing was, or when its storage is closed to us. */
export function themeChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(PLACE);
    return themeChoices.find((choice) => choice === kept) ?? "system";
  } catch {
    return "system";
  }
}

export function chooseTheme(choice: ThemeChoice): void {
  wearTheme(choice);
  try {
    localStorage.setItem(PLACE, choice);
  } catch {
    // A browser without storage forgets the choice with the page; it still wears it now.
  }
}

export function wearTheme(choice = themeChoice()): void {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
