import { buttonClass } from "@tessera/ui";
import { FileUp } from "lucide-react";

interface FileButtonProps {
  label: string;
  accept: string;
  isBusy: boolean;
  onFile: (file: File) => void;
}

/** Asks for one file. The same one may be chosen again, after it was mended. */
export const FileButton = ({ label, accept, isBusy, onFile }: FileButtonProps) => (
  <label
    aria-busy={isBusy || undefined}
    className={`${buttonClass()} cursor-pointer justify-self-start has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-info`}
  >
    <FileUp aria-hidden strokeWidth={1.75} className="size-5" />
    {label}
    <input
      type="file"
      accept={accept}
      disabled={isBusy}
      className="sr-only"
      onChange={({ target }) => {
        const [file] = target.files ?? [];
        target.value = "";
        if (file) onFile(file);
      }}
    />
  </label>
);
