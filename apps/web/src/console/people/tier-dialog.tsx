import { type TenantMember, Tier } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { refusedBecause } from "./people-words.ts";
import { tierWords as words } from "./words.ts";

/** What the loan rules sort somebody by. */
export function TierDialog({ member, onClose }: { member: TenantMember; onClose(): void }) {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.member.changeTier.useMutation();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { tier: member.tier } });

  const save = async ({ tier }: { tier: string }) => {
    const message = await refusedBecause(mutateAsync({ memberId: member.id, tier }));
    await utils.member.list.invalidate();
    if (message === null) onClose();
    else setError("root", { message });
  };

  return (
    <Dialog title={words.title(member.name)} onClose={onClose}>
      <form noValidate onSubmit={handleSubmit(save)} className="grid grid-cols-1 gap-5">
        <Field
          {...register("tier", { validate: (tier) => Tier.safeParse(tier).success || words.wrong })}
          label={words.tier}
          hint={words.hint}
          autoComplete="off"
          error={formState.errors.tier?.message}
        />
        <DialogFoot problem={formState.errors.root?.message} onClose={onClose}>
          <Button type="submit" look="primary" busy={formState.isSubmitting}>
            {words.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
