import { buttonClass } from "@tessera/ui";
import { Link } from "react-router";
import { Page } from "./page.tsx";

const words = {
  title: "Nothing at this address",
  text: "The link may be old, or a letter went missing on the way.",
  home: "Go to your home page",
};

export function MissingPage() {
  return (
    <Page title={words.title} width="narrow">
      <p className="mb-6 text-ink-soft">{words.text}</p>
      <Link to="/" className={buttonClass("primary")}>
        {words.home}
      </Link>
    </Page>
  );
}
