import { Group, Image, Modal, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { contentOf } from "@/api/files";
import type { Attachment } from "@/api/types";

/** What every browser shows; other pictures are saved and opened. */
const shown = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const largestBytes = 5 * 1024 * 1024;
const most = 6;

/** The pictures among the files, small; each is looked at large. */
export function Pictures({ files }: { files: readonly Attachment[] }) {
  const { t } = useTranslation();
  const [large, setLarge] = useState<Attachment | null>(null);
  const pictures = files
    .filter(({ mediaType, size }) => shown.has(mediaType) && size <= largestBytes)
    .slice(0, most);
  if (pictures.length === 0) return null;
  return (
    <>
      <Group gap="xs">
        {pictures.map((file) => (
          <UnstyledButton
            key={file.id}
            onClick={() => setLarge(file)}
            aria-label={t("files.look", { name: file.name })}
            data-testid={`picture-${file.name}`}
          >
            <Image src={contentOf(file.id)} alt="" h={112} w={172} fit="contain" bg="white" bd="default" />
          </UnstyledButton>
        ))}
      </Group>
      <Modal
        opened={large !== null}
        onClose={() => setLarge(null)}
        title={large?.name}
        size="xl"
        centered
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        {large && <Image src={contentOf(large.id)} alt={large.name} fit="contain" bg="white" />}
      </Modal>
    </>
  );
}
