import { Badge, Button, Checkbox, Menu, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import {
  changeView,
  type ListName,
  type ListView,
  removeView,
  saveView,
  shareView,
  viewsQuery,
} from "@/api/lists";
import { FormDialog } from "@/parts/FormDialog";
import { Icon } from "@/parts/icons";
import { useMay } from "@/session/company";

type ViewMenuProps = { list: ListName; text: string; onOpen: (view: string) => void };

/** The saved views of a list: opened with one click, kept under a name, for oneself or for all. */
export function ViewMenu({ list, text, onOpen }: ViewMenuProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: views = [] } = useQuery(viewsQuery(list));
  const [saving, setSaving] = useState(false);
  const current = views.find((view) => view.query === text);
  const refresh = () => queryClient.invalidateQueries({ queryKey: viewsQuery(list).queryKey });
  const usual = views.find((view) => view.usual);
  // The usual view opens by itself where the address asks for nothing else, once.
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || !usual) return;
    opened.current = true;
    if (text === "" && usual.query !== "") onOpen(usual.query);
  }, [usual, text, onOpen]);
  const remove = useMutation({
    mutationFn: (view: ListView) => removeView(view.id),
    onSuccess: refresh,
  });
  const makeUsual = useMutation({
    mutationFn: (view: ListView) => changeView({ ...view, usual: !view.usual }),
    onSuccess: refresh,
  });
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<Icon name="view" size={16} />}
            data-testid="views"
            maw={260}
          >
            {current?.name ?? (text === "" ? t("list.allRows") : t("list.views"))}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen("")} data-testid="view-all">
            {t("list.allRows")}
          </Menu.Item>
          {views.length > 0 && <Menu.Divider />}
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => onOpen(view.query)}
              rightSection={
                view.usual ? (
                  <Badge size="xs">{t("list.usual")}</Badge>
                ) : view.shared ? (
                  <Badge size="xs" color="gray">
                    {t("list.shared")}
                  </Badge>
                ) : null
              }
              data-testid={`view-${view.name}`}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setSaving(true)}
            disabled={text === "" || current !== undefined}
            data-testid="save-view"
          >
            {t("list.saveView")}
          </Menu.Item>
          {current?.own && (
            <>
              <Menu.Item onClick={() => makeUsual.mutate(current)} data-testid="usual-view">
                {current.usual ? t("list.notUsual") : t("list.makeUsual")}
              </Menu.Item>
              <Menu.Item color="red" onClick={() => remove.mutate(current)} data-testid="remove-view">
                {t("list.removeView", { name: current.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <SaveView
          list={list}
          text={text}
          onClose={() => setSaving(false)}
          onSaved={(name) => {
            setSaving(false);
            notifications.show({ message: t("list.viewSaved", { name }) });
            void refresh();
          }}
        />
      )}
    </>
  );
}

type SaveViewProps = { list: ListName; text: string; onClose: () => void; onSaved: (name: string) => void };

function SaveView({ list, text, onClose, onSaved }: SaveViewProps) {
  const { t } = useTranslation();
  const mayShare = useMay("kernel.view.share");
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [usual, setUsual] = useState(false);
  const save = useIntent(saveView, {
    onSuccess: async (view) => {
      if (shared) await shareView(view.id);
      onSaved(view.name);
    },
  });
  return (
    <FormDialog
      title={t("list.saveView")}
      opened
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") save.mutate({ list, name: name.trim(), query: text, usual });
      }}
      error={save.error}
      submit={t("common.save")}
      busy={save.isPending}
      data-testid="view-save"
    >
      <TextInput
        label={t("list.viewName")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={80}
        data-autofocus
        data-testid="view-name"
      />
      {mayShare && (
        <Checkbox
          label={t("list.share")}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label={t("list.opensFirst")}
        checked={usual}
        onChange={(event) => setUsual(event.currentTarget.checked)}
        data-testid="view-usual"
      />
    </FormDialog>
  );
}
