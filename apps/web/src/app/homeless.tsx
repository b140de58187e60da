import { EraseMe } from "../account/erase-me.tsx";
import { ExportMe } from "../account/export-me.tsx";
import { SignOut } from "../member/me/sign-out.tsx";
import { Doorway } from "../sign-in/doorway.tsx";

const words = {
  title: "You belong to no community here",
  lead: (email: string) =>
    `You are signed in as ${email}. If you were invited, open the link of the letter. What we know of you is yours:`,
};

/** Somebody with an account who is no member of anything: they can still take their data along, and go. */
export function Homeless({ email }: { email: string }) {
  return (
    <Doorway title={words.title} lead={words.lead(email)}>
      <ExportMe />
      <EraseMe />
      <SignOut />
    </Doorway>
  );
}
