import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { openPhone, perform } from "./calls.ts";
import { PersonSelect } from "./person-select.tsx";
import { Phone } from "./phone.tsx";
import { ofPhone, PlatformSelect, phoneId, titleOn } from "./platform-select.tsx";
import { deputiesNamedIn, wordsOf } from "./state.ts";
import { Traffic } from "./traffic.tsx";
import { usePhones } from "./use-phones.ts";
import type { Deputy, Station, Unit } from "./wire.ts";

/** Whose phone stands at the right: a deputy's, or that of somebody of a unit or a station. */
type Other = Deputy | Unit | Station;

const RESIDENT_PHRASES = ["进度", "为什么", "催办", "帮助"];
const DEPUTY_PHRASES = ["列表", "统计", "帮助"];
const UNIT_PHRASES = ["列表", "帮助"];
const STATION_PHRASES = ["电话", "帮助"];

function isDeputy(one: Other): one is Deputy {
  return "station" in one;
}

function isStation(one: Other): one is Station {
  return "township" in one;
}

function titleOf(one: Other): string {
  return isDeputy(one) ? `${one.name}代表` : one.name;
}

function placeOf(one: Other): string {
  if (isStation(one)) return "联络站专干";
  return isDeputy(one) ? one.station : "单位";
}

function phrasesOf(one: Other): readonly string[] {
  if (!one.bound) return [];
  if (isStation(one)) return STATION_PHRASES;
  return isDeputy(one) ? DEPUTY_PHRASES : UNIT_PHRASES;
}

function fromAddress(name: string): string {
  return new URLSearchParams(window.location.search).get(name) ?? "";
}

/** The page: the resident's phone on the left, the deputy's on the right, and between them what went over the wire. */
export function App() {
  const [resident, setResident] = useState(() => fromAddress("resident"));
  const [deputy, setDeputy] = useState(() => fromAddress("deputy"));
  const [waiting, setWaiting] = useState<string | null>(null);
  /** On which platform somebody's phone is looked at, where that is another one than the first. */
  const [platforms, setPlatforms] = useState<Readonly<Record<string, string>>>({});
  const hasDraft = useRef(false);

  const onAttention = useCallback((id: string) => {
    const { openid, platform } = ofPhone(id);
    if (hasDraft.current) return setWaiting(openid);
    setDeputy(openid);
    setPlatforms((before) => ({ ...before, [openid]: platform }));
  }, []);
  const { page, phones, connected, reloadPage, loadScreen, markSeen } = usePhones(onAttention);

  const residents = page?.residents ?? [];
  const deputies = page?.deputies ?? [];
  const shownResident = residents.find(({ openid }) => openid === resident) ?? residents[0];
  const others: readonly Other[] = [...deputies, ...(page?.units ?? []), ...(page?.stations ?? [])];
  const shownDeputy: Other | undefined = others.find(({ openid }) => openid === deputy) ?? deputies[0];
  const residentPhone = phoneId(shownResident?.openid ?? "", platforms[shownResident?.openid ?? ""]);
  const deputyPhone = phoneId(shownDeputy?.openid ?? "", platforms[shownDeputy?.openid ?? ""]);
  const residentScreen = phones.screens[residentPhone] ?? [];
  const deputyScreen = phones.screens[deputyPhone] ?? [];

  useEffect(() => {
    for (const id of [residentPhone, deputyPhone]) if (id !== "") loadScreen(id);
  }, [residentPhone, deputyPhone, loadScreen]);
  useEffect(() => {
    for (const id of [residentPhone, deputyPhone]) {
      if ((phones.unread[id] ?? 0) > 0) markSeen(id);
    }
  }, [residentPhone, deputyPhone, phones.unread, markSeen]);
  useEffect(() => {
    if (shownResident === undefined || shownDeputy === undefined) return;
    const chosen = new URLSearchParams({ resident: shownResident.openid, deputy: shownDeputy.openid });
    window.history.replaceState(null, "", `?${chosen}`);
  }, [shownResident, shownDeputy]);
  const awaitsBinding = shownDeputy?.bound === false && deputyScreen.some(({ direction }) => direction === "in");
  const deputyLines = deputyScreen.length;
  useEffect(() => {
    if (awaitsBinding && deputyLines > 0) reloadPage();
  }, [awaitsBinding, deputyLines, reloadPage]);

  const named = useMemo(() => {
    const newest = residentScreen.findLast(
      ({ direction, content }) => direction === "in" && deputiesNamedIn(wordsOf(content), deputies).length > 0,
    );
    return newest === undefined ? undefined : deputiesNamedIn(wordsOf(newest.content), deputies)[0];
  }, [residentScreen, deputies]);

  if (page === null) return <p className="loading">{connected ? "正在打开手机……" : "正在连接……"}</p>;
  const lookAt = (chosen: Other): void => {
    setDeputy(chosen.openid);
    setWaiting(null);
  };
  const changeOver = (openid: string, platform: string): void => {
    const id = phoneId(openid, platform);
    setPlatforms((before) => ({ ...before, [openid]: platform }));
    if (id !== openid) void openPhone(id);
  };
  const waitingDeputy = others.find(({ openid }) => openid === waiting && openid !== shownDeputy?.openid);
  const offered = named !== undefined && named.openid !== shownDeputy?.openid ? named : undefined;

  return (
    <>
      <header className="masthead">
        <div className="masthead-name">
          <span className="seal" aria-hidden="true">
            联
          </span>
          <div>
            <h1>联络站 · {page.county}</h1>
            <p>居民在微信里说一句话，网格里的代表就能收到、回复、转给单位、办结。</p>
            {page.pageUrl !== "" && (
              <p>
                没有微信的居民：
                <a href={page.pageUrl} target="_blank" rel="noreferrer">
                  打开网页版
                </a>
              </p>
            )}
          </div>
        </div>
        <p className="connection" data-connected={connected} role="status">
          {connected ? "已连接" : "连接断开，正在重连"}
        </p>
      </header>
      <main className="stage">
        <section className="side" aria-label="居民的手机" data-testid="resident-phone">
          <PersonSelect
            kind="居民"
            people={residents.map(({ openid, name }) => ({ openid, name, about: "" }))}
            chosen={shownResident?.openid ?? ""}
            unread={phones.unread}
            onChoose={setResident}
          />
          {shownResident !== undefined && (
            <PlatformSelect
              platforms={page.platforms}
              chosen={platforms[shownResident.openid]}
              onChoose={(platform) => changeOver(shownResident.openid, platform)}
            />
          )}
          {shownResident !== undefined && (
            <Phone
              key={residentPhone}
              owner={{ openid: residentPhone, name: shownResident.name }}
              accountTitle={titleOn(page, platforms[shownResident.openid])}
              lines={residentScreen}
              typing={phones.typing[residentPhone] ?? false}
              phrases={RESIDENT_PHRASES}
              scenes={page.scenes}
              onCodes={reloadPage}
              hint={offered && { text: `看看${offered.name}代表的手机`, act: () => lookAt(offered) }}
            />
          )}
        </section>
        <Traffic
          samples={page.samples}
          traffic={phones.traffic}
          onSample={(text) => shownResident && void perform(residentPhone, { deed: "say", text })}
        />
        <section className="side" aria-label="代表、单位或联络站的手机" data-testid="deputy-phone">
          <PersonSelect
            kind="代表、单位、联络站"
            people={others.map((one) => ({
              openid: one.openid,
              name: titleOf(one),
              about: one.bound ? placeOf(one) : `${placeOf(one)} · 未绑定`,
            }))}
            chosen={shownDeputy?.openid ?? ""}
            unread={phones.unread}
            onChoose={setDeputy}
          />
          {shownDeputy !== undefined && (
            <PlatformSelect
              platforms={page.platforms}
              chosen={platforms[shownDeputy.openid]}
              onChoose={(platform) => changeOver(shownDeputy.openid, platform)}
            />
          )}
          {waitingDeputy !== undefined && (
            <button type="button" className="offer" onClick={() => lookAt(waitingDeputy)}>
              {titleOf(waitingDeputy)}收到了新消息 · 去看看
            </button>
          )}
          {shownDeputy !== undefined && (
            <Phone
              key={deputyPhone}
              owner={{ openid: deputyPhone, name: shownDeputy.name }}
              accountTitle={titleOn(page, platforms[shownDeputy.openid])}
              lines={deputyScreen}
              typing={phones.typing[deputyPhone] ?? false}
              phrases={phrasesOf(shownDeputy)}
              onDraft={(draft) => {
                hasDraft.current = draft !== "";
              }}
              hint={
                !shownDeputy.bound && "invite" in shownDeputy && shownDeputy.invite !== undefined
                  ? {
                      text: `发送：绑定 ${shownDeputy.invite}`,
                      act: () => void perform(shownDeputy.openid, { deed: "say", text: `绑定 ${shownDeputy.invite}` }),
                    }
                  : undefined
              }
            />
          )}
        </section>
      </main>
    </>
  );
}
