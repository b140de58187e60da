import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useLocation, useNavigate } from "react-router";
import type { TargetingForm } from "./form.ts";
import { linesOf } from "./id-list.ts";

/**
 * Fills in the tenants that the ramp's page sent along. The address forgets them at once, so that a reload, or the way back,
 * does not fill them in again.
 *
 * @returns Whether it did.
 */
export function useCanaries({ setValue }: UseFormReturn<TargetingForm>): boolean {
  const { state, pathname } = useLocation();
  const navigate = useNavigate();
  const [isFilled, setFilled] = useState(false);
  const tenants = (state as { tenants?: string[] } | null)?.tenants;

  useEffect(() => {
    if (!tenants) return;
    setValue("tenants", "some");
    setValue("targetTenants", linesOf(tenants));
    setFilled(true);
    void navigate(pathname, { replace: true, state: null, preventScrollReset: true });
  }, [tenants, pathname, setValue, navigate]);

  return isFilled;
}
