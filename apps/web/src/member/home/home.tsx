import { Page } from "../../app/page.tsx";
import { usePerson } from "../../app/person.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { FreeThings } from "./free-things.tsx";
import { greeting } from "./greeting.ts";
import { MyThings } from "./my-things.tsx";
import { SearchDoor } from "./search-door.tsx";

/** What I have, then what I could have. */
export function Home() {
  const { name } = usePerson();
  const { now } = useSpeech();

  return (
    <Page title={greeting(name, now.getHours())} aside={<SearchDoor />}>
      <MyThings />
      <FreeThings />
    </Page>
  );
}
