import { useState } from "react";
import { chooseTheme, type ThemeChoice, themeChoice, themeChoices } from "../../app/theme-choice.ts";

const words = {
  title: "Look",
  choices: { system: "As the device", light: "Light", dark: "Dark" } satisfies Record<ThemeChoice, string>,
};

export function ThemeChooser() {
  const [chosen, setChosen] = useState(themeChoice);

  const choose = (choice: ThemeChoice) => {
    chooseTheme(choice);
    setChosen(choice);
  };

  return (
    <fieldset className="mb-10">
      <legend className="mb-3 text-lg font-semibold">{words.title}</legend>
      <div className="grid grid-cols-3 gap-px overflow-hidden rounded-control border border-edge bg-edge">
        {themeChoices.map((choice) => (
          <label
            key={choice}
            className="grid min-h-11 cursor-pointer place-items-center bg-surface px-2 py-2 text-center text-sm font-semibold has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-3 has-focus-visible:-outline-offset-3 has-focus-visible:outline-info"
          >
            <input
              type="radio"
              name="theme"
              checked={choice === chosen}
              onChange={() => choose(choice)}
              className="sr-only"
            />
            {words.choices[choice]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
