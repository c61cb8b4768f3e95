import Audio
import Testing
import VirtualSound

extension DeviceTests {
    @Suite(.serialized) struct AudioDeviceTests {
        @Test("The devices of the configuration are listed")
        func list() throws {
            _ = try VirtualSound.installed.get()
            let devices = AudioDevice.list()
            let listed = try #require(devices.first { $0.name == "listed" })
            #expect(listed.description == "A device made of files")
            #expect(listed.directions == [.capture, .playback])
        }
    }
}
