import Assistant
import Server
import ServiceLifecycle
import Speech
import Support

extension Composition {
    /// Serves other programs when the configuration names an address. What they send is heard on this machine alone,
    /// whichever engines Aloud's own user has chosen.
    func wyomingServer(_ house: House) -> WyomingServer? {
        guard let address = loaded.configuration.wyoming.listen else { return nil }
        let speaker = LocalVoice.Name(rawValue: loaded.configuration.voice.speaker.rawValue) ?? .rms
        return WyomingServer(
            address: address,
            surface: WyomingSurface(
                house: house, ears: localEars(), voice: .local(LocalVoice(speaker)), speaker: speaker.rawValue,
                version: Version.text))
    }

    /// Microphones and speakers in other rooms; nil when the configuration names none. They use the engines as they were
    /// chosen at start.
    func satellites(_ hub: EventHub, tell: @escaping @Sendable (VoiceEvent) -> Void) -> Satellites? {
        let addresses = loaded.configuration.wyoming.satellites
        guard !addresses.isEmpty else { return nil }
        let voices = exportVoices
        return Satellites(
            Satellites.Configuration(addresses, listener: listening(hasWake: true)), transcribers: transcribers(),
            synthesizers: { voices.value },
            respondent: { voice(hub, onReply: $0).respondent },
            tell: { event in
                tell(event)
                // Of the state of the microphone here it says nothing.
                if case .state = event { return }
                hub.publish(event.houseEvent)
            })
    }

    private func voice(_ hub: EventHub, onReply: @escaping @Sendable (String) -> Void) -> Voice {
        let narrate: @Sendable (DialogueEvent) -> Void = { event in
            if case .reply(let reply, turn: _) = event { onReply(reply.text) }
        }
        return Voice(composition: self, hub: hub, onDialogue: narrate)
    }
}

struct SatelliteService: Service {
    let satellites: Satellites

    func run() async throws { await cancelWhenGracefulShutdown { await satellites.run() } }
}
