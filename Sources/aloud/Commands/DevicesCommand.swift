import ArgumentParser
import Audio

struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List the sound devices by the names that --input and --output take.")

    @Flag(help: "Show a JSON array.")
    var json = false

    private struct Shown: Encodable {
        let name: String
        let description: String
        let input: Bool
        let output: Bool
    }

    func run() throws {
        let devices = AudioDevice.list().map { device in
            Shown(
                name: device.name, description: device.description.split(separator: "\n").joined(separator: ", "),
                input: device.directions.contains(.capture), output: device.directions.contains(.playback))
        }
        guard !json else { return try Terminal.showJSON(devices) }
        guard !devices.isEmpty else {
            return Terminal.show("No sound devices. Is a sound card or a sound server there?")
        }
        var table = TextTable(["NAME", "IN", "OUT", "DESCRIPTION"])
        for device in devices {
            table.add([device.name, device.input ? "yes" : "", device.output ? "yes" : "", device.description])
        }
        table.show()
    }
}
