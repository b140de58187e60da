import { Button } from "@tessera/ui";
import { useEffect } from "react";
import { useRouteError } from "react-router";
import { Page } from "./page.tsx";

const words = {
  title: "This page broke",
  text: "It is our mistake, not yours. Nothing you did is lost; loading the page again usually helps.",
  again: "Load it again",
};

/** The last net: a screen that threw is replaced, the ones around it live on. */
export function ProblemPage() {
  const problem = useRouteError();

  useEffect(() => {
    console.error(problem);
  }, [problem]);

  return (
    <div role="alert" className="p-4">
      <Page title={words.title} width="narrow">
        <p className="mb-6 text-ink-soft">{words.text}</p>
        <Button look="primary" onClick={() => window.location.reload()}>
          {words.again}
        </Button>
      </Page>
    </div>
  );
}
