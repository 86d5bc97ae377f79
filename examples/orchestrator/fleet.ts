import type {
  AbortOptions,
  AllocateRequest,
  Provider,
  RelayRoutes,
  ServerRegistry,
  ServerType,
} from "@potassium/core-types";
import type { KeyedMutex } from "@potassium/core-types/provider-kit";
import type { SagaEvent } from "./saga.js";

/** How the game is started: what differs between containers and processes. */
export type GameProgram = Pick<AllocateRequest, "image" | "command" | "volumes">;

/** What an orchestrator is composed of. Each part can be another back end of the same interface. */
export interface Fleet {
  readonly provider: Provider;
  readonly registry: ServerRegistry;
  readonly routes: RelayRoutes;
  readonly game: GameProgram;
  /** How many servers of each type there should be, that take players. */
  readonly wanted: Readonly<Record<ServerType, number>>;
  /** How many game servers there may be at most, where all seats are taken. */
  readonly maxGames: number;
  /** One thing at a time for each player, by address, and for the filling of the fleet. */
  readonly turns: KeyedMutex;
  /** Tells the operator what happens. */
  readonly tell: (text: string) => void;
}

/** Of every call on a fleet that is a saga. */
export interface FleetCallOptions extends AbortOptions {
  /** Is told of each step. */
  readonly onEvent?: ((event: SagaEvent) => void) | undefined;
}

export const mode = "skywars";
export const matchId = "match-1";
export const seatsOfMatch = 4;
export const seatsOfLobby = 16;
