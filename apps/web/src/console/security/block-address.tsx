import { trpc } from "@tessera/sdk/react";
import { ActDialog } from "../flags/act-dialog.tsx";
import { words } from "./words.ts";

interface BlockAddressProps {
  address: string;
  /** For everybody, by an operator; else for this house. */
  everywhere: boolean;
  onClose: () => void;
}

/** Blocks an address of an alert, after saying what that means. */
export function BlockAddress({ address, everywhere, onClose }: BlockAddressProps) {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.security.blockAddress.useMutation();

  const send = async (because: string) => {
    const outcome = await mutateAsync({ address, because, everywhere });
    await utils.security.blockedAddresses.invalidate();
    return outcome.kind === "blocked" ? null : `${outcome.say} ${outcome.next}`;
  };

  return (
    <ActDialog title={words.blockOf(address)} submit={words.blockAddress} look="danger" act={send} onClose={onClose}>
      {(everywhere ? words.addressWhatEverybody : words.addressWhat).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </ActDialog>
  );
}
