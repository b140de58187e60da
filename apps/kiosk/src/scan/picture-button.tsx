import { type ChangeEvent, type ReactNode, useRef } from "react";

interface PictureButtonProps {
  onPicture: (file: File) => void;
  className: string;
  children: ReactNode;
}

/** Opens the machine's own chooser; the same picture may be chosen twice. */
export function PictureButton({ onPicture, className, children }: PictureButtonProps) {
  const chooser = useRef<HTMLInputElement>(null);

  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    target.value = "";
    if (file) onPicture(file);
  };

  return (
    <>
      <button type="button" className={className} onClick={() => chooser.current?.click()}>
        {children}
      </button>
      <input ref={chooser} type="file" accept="image/*" hidden tabIndex={-1} aria-label="Picture" onChange={onChange} />
    </>
  );
}
