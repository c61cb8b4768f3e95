import Server
import Speech

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
}
